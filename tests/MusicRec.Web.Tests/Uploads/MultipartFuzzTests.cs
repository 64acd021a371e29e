using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Uploads;
using MusicRec.Fuzzing;
using MusicRec.Web.Tests.Hosting;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Tests.Uploads;

/// <summary>The reader of forms, given what no browser sends: the type line first, the body behind it.</summary>
public sealed class MultipartFuzzTests(WebApp app) : IClassFixture<WebApp>
{
    private const string Type = "multipart/form-data; boundary=----b";

    private static readonly byte[][] Valid =
    [
        Request("------b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"노래.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF....WAVE\r\n------b--\r\n"),
        Request(
            "------b\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\nRock\r\n------b\r\nContent-Disposition: form-data; name=\"file\"; "
            + $"filename*=UTF-8''a%20b.wav\r\n\r\n{new string('x', 5000)}\r\n------b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.wav\"\r\n\r\n\r\n------b--\r\n"),
    ];

    [Fact]
    public void Read_DamagedForms_AreReadOrRefused()
    {
        var reader = app.Services.GetRequiredService<UploadedFileReader>();
        Fuzzer.Run(
            Valid,
            bytes => ReadAsync(reader, bytes).GetAwaiter().GetResult(),
            exception => exception is UploadFormException or FileTooLargeException,
            mostBytes: 8 << 20);
    }

    private static async Task ReadAsync(UploadedFileReader reader, byte[] bytes)
    {
        var end = Math.Max(0, bytes.AsSpan().IndexOf((byte)'\n'));
        var context = new DefaultHttpContext();
        context.Request.ContentType = Encoding.Latin1.GetString(bytes, 0, end);
        context.Request.Body = new MemoryStream(bytes, end, bytes.Length - end);
        await foreach (var file in reader.ReadApiAsync(context.Request, CancellationToken.None))
        {
            Assert.NotEmpty(file.FileName);
            await file.Content.CopyToAsync(Stream.Null);
        }
    }

    private static byte[] Request(string body) => Encoding.UTF8.GetBytes($"{Type}\n{body}");
}
