using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace MusicRec.Web.Uploads;

/// <summary>
/// Memory for what connections receive, in larger blocks than the server's own of 4 KiB: each block is a call of the system, and a
/// song is ten thousand of those. How much of a body is held unread stays the server's limit; idle connections hold nothing.
/// </summary>
internal sealed class ReceiveBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 32 * 1024;

        public override int MaxBufferSize => Shared.MaxBufferSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

        protected override void Dispose(bool disposing)
        {
            // The memory is that of the process's shared pool.
        }
    }
}
