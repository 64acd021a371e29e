using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace MusicRec.Web.Uploads;

/// <summary>
/// Memory for what connections receive, in larger blocks than the server's own of 4 KiB: each block is a call of the system, and a
/// song is ten thousand of those. How much of a body is held unread stays the server's limit; idle connections hold nothing.
/// </summary>
internal sealed class ReceiveBlocks : IMemoryPoolFactory<byte>
{
    internal const int BlockBytes = 32 * 1024;

    /// <summary>Blocks kept for the next song: 16 MiB, what sixteen senders have under way at most.</summary>
    private const int MostIdle = 512;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<Block> _idle = new();
        private int _idleCount;

        public override int MaxBufferSize => Shared.MaxBufferSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            if (minBufferSize > BlockBytes)
            {
                return Shared.Rent(minBufferSize);
            }

            if (!_idle.TryDequeue(out var block))
            {
                return new Block(this);
            }

            Interlocked.Decrement(ref _idleCount);
            return block;
        }

        public void Return(Block block)
        {
            if (Interlocked.Increment(ref _idleCount) <= MostIdle)
            {
                _idle.Enqueue(block);
            }
            else
            {
                Interlocked.Decrement(ref _idleCount);
            }
        }

        protected override void Dispose(bool disposing) => _idle.Clear();
    }

    /// <summary>Pinned, so that the sockets need not pin it each time.</summary>
    private sealed class Block(Pool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);

        public void Dispose() => pool.Return(this);
    }
}
