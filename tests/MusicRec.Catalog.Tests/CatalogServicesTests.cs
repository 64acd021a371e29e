using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests;

public sealed class CatalogServicesTests
{
    [Fact]
    public void AddCatalog_RelativeStoragePath_IsBelowTheContentRoot()
    {
        using var provider = Provide(new() { ["Storage:Path"] = "somewhere" });

        Assert.Equal(Path.Combine(Path.GetTempPath(), "somewhere"), provider.GetRequiredService<StorageFolder>().Root);
    }

    [Fact]
    public void AddCatalog_UnknownProvider_IsSaid()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Provide(new() { ["Catalog:Provider"] = "Oracle" }));

        Assert.Contains("Oracle", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pgvector", "Catalog:Provider")]
    [InlineData("Disk", "Disk")]
    public void AddCatalog_IndexThatCannotBe_IsSaid(string index, string word)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Provide(new() { ["Similarity:Index"] = index }));

        Assert.Contains("Similarity:Index", exception.Message, StringComparison.Ordinal);
        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Host=db")]
    [InlineData("Data Source=catalog.db;Password=secret")]
    [InlineData("secret")]
    [InlineData("Host=db;Database=musicrec;Port=secret")]
    public void AddCatalog_PostgresConnectionStringIsWrong_IsSaidWithoutRepeatingIt(string? connectionString)
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => Provide(new() { ["Catalog:Provider"] = "postgresql", ["Catalog:ConnectionString"] = connectionString }));

        Assert.Contains("Catalog:ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-5")]
    [InlineData("99999999999")]
    public void AddCatalog_UploadSizeOutOfRange_IsSaid(string bytes)
    {
        using var provider = Provide(new() { ["Upload:MaxBytes"] = bytes });

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<UploadOptions>>().Value);
        Assert.Contains("Upload:MaxBytes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65")]
    public void AddCatalog_WorkersOutOfRange_IsSaid(string workers)
    {
        using var provider = Provide(new() { ["Indexing:Workers"] = workers });

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<IndexingOptions>>().Value);
    }

    private static ServiceProvider Provide(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddCatalog(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), Path.GetTempPath())
        .BuildServiceProvider();
}
