using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Files;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>The program over a temporary folder, with an administrator and without demo songs.</summary>
public class WebApp : WebApplicationFactory<Program>
{
    public const string Email = "admin@example.com";
    public const string Password = "correct horse battery";

    private const string AddressHeader = "X-Test-Address";

    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    public WebApp()
        : this(Directory.CreateTempSubdirectory("musicrec-web-")) => _ownsFolder = true;

    /// <summary>One of several over the same folder, which somebody else deletes.</summary>
    protected WebApp(DirectoryInfo folder) => _folder = folder;

    public StorageFolder Storage => Services.GetRequiredService<StorageFolder>();

    protected virtual Dictionary<string, string> Settings => new()
    {
        ["Admin:Email"] = Email,
        ["Admin:Password"] = Password,
    };

    /// <summary>A browser of its own: own cookies and, for the rate limits, own address.</summary>
    public HttpClient Visitor(string address = "192.0.2.1")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });
        client.DefaultRequestHeaders.Add(AddressHeader, address);
        return client;
    }

    /// <summary>A browser that is signed in as administrator.</summary>
    public async Task<HttpClient> AdministratorAsync(string address = "192.0.2.2")
    {
        var client = Visitor(address);
        var answer = await client.SubmitAsync("/account/login", new() { ["Email"] = Email, ["Password"] = Password });
        // Refused would be 400; the client of the real server follows the redirect, the test server's does not.
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        return client;
    }

    /// <summary>Files that uploads left on disk, on their way in or stored.</summary>
    public string[] UploadedFiles() =>
        [.. Directory.GetFiles(Storage.Incoming), .. Directory.GetFiles(Storage.Uploads, "*", SearchOption.AllDirectories)];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Storage:Path", _folder.FullName);
        builder.UseSetting("Demo:Enabled", "false");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, AddressFromHeader>());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _ownsFolder && _folder.Exists)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            _folder.Delete(recursive: true);
        }
    }

    private sealed class AddressFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader].ToString());
                return rest(context);
            });
            next(app);
        };
    }
}
