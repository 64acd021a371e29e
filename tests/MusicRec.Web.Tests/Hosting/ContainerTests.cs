using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>What can be checked of the containers without an engine to run them.</summary>
public sealed partial class ContainerTests
{
    private static readonly DirectoryInfo Root = FindRoot();
    private static readonly Dictionary<string, object> Compose = ReadCompose();
    private static readonly string[] Image = File.ReadAllLines(Path.Combine(Root.FullName, "src", "MusicRec.Web", "Dockerfile"));

    [Theory]
    [InlineData("web")]
    [InlineData("worker")]
    public void Compose_Program_IsCheckedWaitsForTheDatabaseAndWritesToItsVolumeOnly(string name)
    {
        var service = Service(name);

        Assert.Contains("/health/ready", Assert.IsType<List<object>>(Map(service["healthcheck"])["test"])[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal("service_healthy", Map(Map(service["depends_on"])["postgres"])["condition"]);
        Assert.Equal("true", service["read_only"]);
        Assert.Equal(["data:/data"], List(service["volumes"]));
        Assert.Equal(["ALL"], List(service["cap_drop"]));
        Assert.Equal(["no-new-privileges:true"], List(service["security_opt"]));
        Assert.Equal("PostgreSql", Map(service["environment"])["Catalog__Provider"]);
    }

    [Fact]
    public void Compose_Database_IsCheckedKeptAndReachedFromInsideOnly()
    {
        var service = Service("postgres");

        Assert.Contains("pg_isready", List(Map(service["healthcheck"])["test"]));
        Assert.Equal(["database:/var/lib/postgresql/data"], List(service["volumes"]));
        Assert.False(service.ContainsKey("ports"));
        Assert.Equal(["back"], List(service["networks"]));
        Assert.Equal("true", Map(Map(Compose["networks"])["back"])["internal"]);
        Assert.Equal(["data", "database"], Map(Compose["volumes"]).Keys.Order());
    }

    [Fact]
    public void Compose_OneOfTheProgramsHasPagesAndTheOtherWorkers()
    {
        Assert.Equal("0", Map(Service("web")["environment"])["Indexing__Workers"]);
        Assert.False(Map(Service("web")["environment"]).ContainsKey("Pages__Enabled"));
        Assert.Equal("false", Map(Service("worker")["environment"])["Pages__Enabled"]);
        Assert.False(Map(Service("worker")["environment"]).ContainsKey("Indexing__Workers"));
        Assert.False(Service("worker").ContainsKey("ports"));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("worker")]
    public void Compose_Settings_AreDocumented(string name)
    {
        var operations = File.ReadAllText(Path.Combine(Root.FullName, "docs", "OPERATIONS.md"));

        Assert.All(
            Map(Service(name)["environment"]).Keys,
            key => Assert.Contains($"`{key.Replace("__", ":", StringComparison.Ordinal)}`", operations, StringComparison.Ordinal));
    }

    [Fact]
    public void Dockerfile_Program_RunsWithoutRightsAndWritesToTheVolumeOnly()
    {
        var user = Array.IndexOf(Image, "USER $APP_UID");

        Assert.InRange(user, Array.FindLastIndex(Image, line => line.StartsWith("FROM ", StringComparison.Ordinal)), Array.FindIndex(Image, line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)));
        Assert.DoesNotContain(Image[(user + 1)..], line => line.StartsWith("RUN", StringComparison.Ordinal) || line.StartsWith("USER", StringComparison.Ordinal));
        Assert.Contains("VOLUME /data", Image);
        Assert.Contains(Image, line => line.StartsWith("ENV Storage__Path=/data", StringComparison.Ordinal));
    }

    /// <summary>Every folder and file that the image is built from is there, and every project of the program is restored.</summary>
    [Fact]
    public void Dockerfile_Copies_AreThere()
    {
        var copied = Image.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToList();

        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(Root.FullName, path)), path));
        Assert.Equal(
            Referenced(Path.Combine(Root.FullName, "src", "MusicRec.Web", "MusicRec.Web.csproj")).Distinct().Order(),
            copied.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(path => Path.GetFullPath(Path.Combine(Root.FullName, path))).Order());
    }

    private static IEnumerable<string> Referenced(string project) => ProjectReference().Matches(File.ReadAllText(project))
        .SelectMany(match => Referenced(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, match.Groups[1].Value.Replace('\\', '/')))))
        .Append(project);

    private static Dictionary<string, object> Service(string name) => Map(Map(Compose["services"])[name]);

    private static Dictionary<string, object> Map(object value) =>
        Assert.IsType<Dictionary<object, object>>(value).ToDictionary(pair => (string)pair.Key, pair => pair.Value);

    private static List<object> List(object value) => Assert.IsType<List<object>>(value);

    private static Dictionary<string, object> ReadCompose()
    {
        using var text = File.OpenText(Path.Combine(Root.FullName, "docker-compose.yml"));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<StreamStart>();
        return new Deserializer().Deserialize<Dictionary<string, object>>(parser);
    }

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MusicRec.sln")))
        {
            folder = folder.Parent!;
        }

        return folder;
    }

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();
}
