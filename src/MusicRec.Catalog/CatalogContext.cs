using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog;

/// <summary>The catalog's database: songs, uploads, index runs and versions, and the administrators' accounts.</summary>
public abstract class CatalogContext(DbContextOptions options) : IdentityDbContext<IdentityUser>(options)
{
    /// <summary>Songs of the catalog.</summary>
    public DbSet<Song> Songs => Set<Song>();

    /// <summary>Visitors' songs.</summary>
    public DbSet<Upload> Uploads => Set<Upload>();
}
