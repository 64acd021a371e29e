using MusicRec.Catalog;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Accounts;
using MusicRec.Web.Pages;

namespace MusicRec.Web.Startup;

/// <summary>What must be there before the first request: database, index, model, account. Independent parts are made side by side.</summary>
internal static class Preparation
{
    /// <summary>Brings the database up to date and begins the rest, which ends with the task inside.</summary>
    public static async Task<Task> BeginAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var model = Task.Run(app.Services.GetRequiredService<LiveModel>, stopping);
        await app.Services.GetRequiredService<CatalogDatabase>().PrepareAsync(stopping);
        var index = Task.Run(() => app.Services.GetRequiredService<LiveIndex>().LoadLatestAsync(stopping), stopping);
        var account = PageServices.AreOn(app.Configuration) ? app.Services.GetRequiredService<FirstAccount>().PrepareAsync(stopping) : Task.CompletedTask;
        return Task.WhenAll(model, index, account);
    }
}
