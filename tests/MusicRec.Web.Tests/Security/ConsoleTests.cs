using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>The console as a visitor with line breaks in the address would like to write it.</summary>
public sealed class ConsoleTests
{
    private const string Everything = "--Logging:LogLevel:Microsoft.AspNetCore=Information";

    [Fact]
    public async Task Plain_AddressWithLineBreaks_BeginsNoLine()
    {
        var (server, address) = await ServerProcess.StartAsync(Everything);
        await using (server)
        {
            await RequestAsync(address);
            await server.WaitForAsync("the end of it");

            Assert.All(server.Console, line => Assert.Matches("^(info|warn): |^      ", line));
            Assert.DoesNotContain(server.Console, line => line.TrimStart().StartsWith("forged", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Json_AddressWithLineBreaks_EveryLineIsAnObject()
    {
        var (server, address) = await ServerProcess.StartAsync(Everything, "--Logging:Console:FormatterName=json");
        await using (server)
        {
            await RequestAsync(address);
            await server.WaitForAsync("the end of it");

            Assert.All(server.Console, line =>
            {
                var entry = JsonDocument.Parse(line).RootElement;
                Assert.NotEmpty(entry.GetProperty("Category").GetString()!);
                Assert.NotEmpty(entry.GetProperty("LogLevel").GetString()!);
                Assert.NotEmpty(entry.GetProperty("Message").GetString()!);
            });
        }
    }

    private static async Task RequestAsync(Uri address)
    {
        await RawHttp.GetAsync(address, "/songs/%0d%0aforged%0aforged?query=%0d%0aforged");
        await RawHttp.GetAsync(address, "/the%20end%20of%20it");
    }
}
