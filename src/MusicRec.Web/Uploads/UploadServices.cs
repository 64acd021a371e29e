using Microsoft.AspNetCore.Connections;

namespace MusicRec.Web.Uploads;

/// <summary>Registers what reads uploads.</summary>
internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton<UploadedFileReader>()
        .AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks>();
}
