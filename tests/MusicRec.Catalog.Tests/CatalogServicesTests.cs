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

    [Fact]
    public void AddCatalog_NoBucket_SoundLiesInTheStorageFolder()
    {
        using var provider = Provide([]);

        Assert.Null(provider.GetRequiredService<AudioStore>().Bucket);
    }

    [Theory]
    [InlineData("Endpoint", "https://s3.example.org", "Storage:S3:Bucket")]
    [InlineData("Bucket", "songs", "Storage:S3:Region")]
    [InlineData("Bucket,Endpoint", "not an address", "Storage:S3:Endpoint")]
    [InlineData("Bucket,Endpoint", "ftp://s3.example.org", "Storage:S3:Endpoint")]
    [InlineData("Bucket,Endpoint", "https://name:secret@s3.example.org", "Storage:S3:Endpoint")]
    [InlineData("Bucket,Region,AccessKey", "secret", "Storage:S3:SecretKey")]
    [InlineData("Bucket,Region,SecretKey", "secret", "Storage:S3:AccessKey")]
    public void AddCatalog_S3SettingIsWrong_IsNamedWithoutRepeatingIt(string keys, string value, string named)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Provide(keys.Split(',').ToDictionary(key => $"Storage:S3:{key}", string? (_) => value)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
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
