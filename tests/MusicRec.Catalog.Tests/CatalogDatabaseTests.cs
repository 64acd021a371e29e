using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Tests;

public sealed class CatalogDatabaseTests
{
    [Fact]
    public async Task Migrations_CoverTheModel()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var context = catalog.Open();

        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Prepare_Again_ChangesNothing()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(1);

        await catalog.Get<CatalogDatabase>().PrepareAsync(CancellationToken.None);

        await using var context = catalog.Open();
        Assert.Equal(1, await context.Songs.CountAsync());
    }

    [Fact]
    public async Task Prepare_DatabaseOfANewerProgram_IsRefused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var context = catalog.Open();
        await context.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Future', '99.0.0')""");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => catalog.Get<CatalogDatabase>().PrepareAsync(CancellationToken.None));

        Assert.Contains("newer version", exception.Message, StringComparison.Ordinal);
    }
}
