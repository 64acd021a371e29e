namespace MusicRec.Catalog;

/// <summary>Brings storage folder and database to the state this program needs.</summary>
public sealed class CatalogDatabase
{
    /// <summary>Creates what is missing, applies migrations, clears what a killed process left. To be called once, before anything else.</summary>
    /// <exception cref="InvalidOperationException">The database was made by a newer program.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
