namespace MusicRec.Cli.Tests;

public sealed class CatalogHostTests
{
    [Fact]
    public void FolderOf_GivenVariableOrNeither_TakesTheFirstThereIs()
    {
        using var folder = new TempFolder();

        Assert.Equal(folder["given"], CatalogHost.FolderOf("given", "variable", folder.Root));
        Assert.Equal(folder["variable"], CatalogHost.FolderOf(null, "variable", folder.Root));
        Assert.Equal(folder["data"], CatalogHost.FolderOf(null, "", folder.Root));
        Assert.Equal(folder["data"], CatalogHost.FolderOf(null, null, folder.Root));
    }

    [Fact]
    public void FolderOf_InsideTheSourceTree_IsThatOfTheWebProgram()
    {
        using var folder = new TempFolder();
        folder.Text("MusicRec.sln", "");
        var inside = Directory.CreateDirectory(folder["src/MusicRec.Cli"]).FullName;

        Assert.Equal(folder["src/MusicRec.Web/data"], CatalogHost.FolderOf(null, null, inside));
        Assert.Equal(folder["src/MusicRec.Web/data"], CatalogHost.FolderOf(null, null, folder.Root));
    }
}
