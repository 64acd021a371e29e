using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Models;
using MusicRec.Web.Health;

namespace MusicRec.Web.Tests.Health;

public sealed class ModelCheckTests
{
    /// <summary>Neither the administrator's model nor the one that comes with the program can be read.</summary>
    [Fact]
    public async Task Check_NoModel_IsUnhealthyWithoutPaths()
    {
        var folder = Directory.CreateTempSubdirectory("musicrec-model-");
        var model = new LiveModel(new StorageFolder(folder.FullName), NullLogger<LiveModel>.Instance, Path.Combine(folder.FullName, "none.onnx"));

        var result = await new ModelCheck(model).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("none.onnx could not be read.", result.Description);
        folder.Delete(recursive: true);
    }
}
