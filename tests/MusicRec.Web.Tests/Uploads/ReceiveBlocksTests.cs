using System.Buffers;
using System.Runtime.InteropServices;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Tests.Uploads;

public sealed class ReceiveBlocksTests
{
    private readonly MemoryPool<byte> _pool = new ReceiveBlocks().Create();

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(ReceiveBlocks.BlockBytes)]
    public void Rent_UpToABlock_GivesAWholeOne(int bytes)
    {
        using var block = _pool.Rent(bytes);

        Assert.Equal(ReceiveBlocks.BlockBytes, block.Memory.Length);
    }

    [Fact]
    public void Rent_MoreThanABlock_GivesEnough()
    {
        using var block = _pool.Rent(ReceiveBlocks.BlockBytes + 1);

        Assert.True(block.Memory.Length > ReceiveBlocks.BlockBytes);
    }

    [Fact]
    public void Rent_AfterOneWasReturned_GivesThatMemoryAgain()
    {
        var first = _pool.Rent();
        var memory = ArrayOf(first);
        first.Dispose();

        using var second = _pool.Rent();
        using var third = _pool.Rent();

        Assert.Same(memory, ArrayOf(second));
        Assert.NotSame(memory, ArrayOf(third));
    }

    [Fact]
    public void Return_ManyMoreThanAreKept_NoneIsGivenTwiceAtOnce()
    {
        for (var round = 0; round < 3; round++)
        {
            IMemoryOwner<byte>[] blocks = [.. Enumerable.Range(0, 2000).Select(_ => _pool.Rent())];

            Assert.Equal(blocks.Length, blocks.Select(ArrayOf).Distinct().Count());
            Parallel.ForEach(blocks, block => block.Dispose());
        }
    }

    private static byte[] ArrayOf(IMemoryOwner<byte> block) =>
        MemoryMarshal.TryGetArray<byte>(block.Memory, out var segment) ? segment.Array! : throw new InvalidOperationException("No array.");
}
