using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Tests;

namespace MusicRec.Postgres.Tests.S3;

/// <summary>Storage by HTTPS whose certificate nobody vouches for: somebody may stand between.</summary>
public sealed class S3CertificateTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private int _requests;

    [Fact]
    public async Task Start_CertificateNobodyVouchesFor_IsRefusedAndNothingIsSent()
    {
        _listener.Start();
        _ = ServeAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Storage:S3:Bucket"] = "songs",
            ["Storage:S3:Endpoint"] = $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}",
            ["Storage:S3:AccessKey"] = "access",
            ["Storage:S3:SecretKey"] = "not to be told",
        };

        var refusal = await Assert.ThrowsAsync<AudioStorageException>(() => TestCatalog.CreateAsync(settings: settings));

        Assert.Contains("its certificate is not trusted", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("https://localhost", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not to be told", refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _requests);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    /// <summary>Counts who goes on after having seen the certificate.</summary>
    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                if (await stream.ReadAsync(new byte[1]) > 0)
                {
                    Interlocked.Increment(ref _requests);
                }
            }
            catch (Exception exception) when (exception is System.Security.Authentication.AuthenticationException or IOException)
            {
                // Refused, as it shall be.
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
