using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using MusicRec.Catalog;
using MusicRec.Web.Accounts;
using MusicRec.Web.Startup;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MusicRec.Web.Telemetry;

/// <summary>
/// Metrics and traces by OpenTelemetry, on request only: <c>Telemetry:Prometheus</c> opens <c>/metrics</c> to administrators and to
/// whoever shows that word as bearer token; <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> has metrics and traces sent there.
/// </summary>
internal static class TelemetryServices
{
    private const string TokenSetting = "Telemetry:Prometheus";
    private const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int ShortestToken = 16;

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var (isScraped, isSent) = (TokenOf(configuration) is not null, !string.IsNullOrEmpty(configuration[CollectorSetting]));
        if (isScraped || isSent)
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("musicrec"))
                .WithMetrics(metrics => Measure(metrics, isScraped, isSent));
        }

        if (isSent)
        {
            services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddSource(CatalogTelemetry.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
        }

        return services;
    }

    public static void MapTelemetry(this WebApplication app)
    {
        if (TokenOf(app.Configuration) is { } token)
        {
            app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(AdministratorsAnd(Encoding.UTF8.GetBytes($"Bearer {token}")));
        }
    }

    private static void Measure(MeterProviderBuilder metrics, bool isScraped, bool isSent)
    {
        metrics.AddMeter(CatalogTelemetry.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
        if (isScraped)
        {
            metrics.AddPrometheusExporter();
        }

        if (isSent)
        {
            metrics.AddOtlpExporter();
        }
    }

    /// <summary>Compares in constant time.</summary>
    private static AuthorizationPolicy AdministratorsAnd(byte[] header) => new AuthorizationPolicyBuilder()
        .RequireAssertion(asked => asked.User.IsInRole(Administrator.Role)
            || (asked.Resource is HttpContext context
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), header)))
        .Build();

    private static string? TokenOf(IConfiguration configuration) => configuration[TokenSetting] switch
    {
        null or "" => null,
        { Length: >= ShortestToken } token => token,
        _ => throw new ConfigurationException($"{TokenSetting} is the word that a scraper must show; it must have at least {ShortestToken} characters."),
    };
}
