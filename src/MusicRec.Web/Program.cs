using MusicRec.Catalog;
using MusicRec.Web.Accounts;
using MusicRec.Web.Api;
using MusicRec.Web.Health;
using MusicRec.Web.Localization;
using MusicRec.Web.Pages;
using MusicRec.Web.Problems;
using MusicRec.Web.Security;
using MusicRec.Web.Startup;
using MusicRec.Web.Telemetry;
using MusicRec.Web.Uploads;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        // Settings are read once, at the start: watching their files would only cost what a system has few of (inotify instances).
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
        ContentRootPath = ContentRoot.Find(),
        WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
    });

    PlainConsole.Register(builder.Logging);
    builder.WebHost.ConfigureKestrel(RequestLimits.Apply);
    builder.Services.Configure<HostOptions>(Stopping.Apply);
    builder.Services
        .AddCatalog(builder.Configuration, builder.Environment.ContentRootPath)
        .AddCatalogWorkers()
        .AddAccounts()
        .AddLanguages()
        .AddPages()
        .AddUploads()
        .AddProblems()
        .AddRateLimits()
        .AddApiDocument()
        .AddHealth()
        .AddTelemetry(builder.Configuration)
        .AddSingleton<Rehearsal>()
        .AddHostedService<WarmUp>();

    var app = builder.Build();
    var prepared = await Preparation.BeginAsync(app);

    app.Use(app.Services.GetRequiredService<Rehearsal>().Watch);
    app.UseSecurityHeaders();
    app.UseRequestLocalization();
    app.UseProblems();
    if (!app.Environment.IsDevelopment())
    {
        app.UseHsts();
    }

    app.UseStaticFiles();
    app.UseRouting();
    app.UseRateLimiter();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapHealth();
    if (PageServices.AreOn(app.Configuration))
    {
        app.MapPages();
    }
    app.MapTelemetry();

    await prepared;
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartProblem.Explain(exception) is { } message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}
