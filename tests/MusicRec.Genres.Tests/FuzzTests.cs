using System.Text;
using MusicRec.Audio.Features;
using MusicRec.Fuzzing;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests;

public sealed class FuzzTests(SavedModel saved) : IClassFixture<SavedModel>, IDisposable
{
    private static readonly FeatureVector Song = SavedModel.RandomVectors(1)[0];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadTable_Damaged_IsReadOrRefused() => Fuzzer.Run(
        [Table(3, "아이유_밤편지.wav"), Table(1, "=\"a\", \n b.wav"), Encoding.UTF8.GetBytes("filename,x,y,label\r\na.wav,1e-5,-2,Rock\r\n\"b\",3,4,\r\n")],
        bytes =>
        {
            var table = Dataset.Read(new MemoryStream(bytes));

            Assert.NotEmpty(table.Rows);
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Values.Length));
            Assert.All(table.Rows, row => Assert.DoesNotContain(row.Values.ToArray(), value => !float.IsFinite((float)value)));
        },
        exception => exception is InvalidDataException);

    [Fact]
    public void ReadArtists_Damaged_AreReadOrRefused() => Fuzzer.Run(
        [Encoding.UTF8.GetBytes("filename,artist,hash\na.wav,아이유,00\n\"b, c.wav\",,1\n"), Encoding.UTF8.GetBytes("a.wav ::: artist ::: title\nb.wav ::: x ::: y\n")],
        bytes => Assert.NotEmpty(SongLists.ReadArtists(_folder.Write("artists.csv", bytes))),
        exception => exception is InvalidDataException);

    /// <summary>Without the file that holds its hash, so that the damage gets as far as it can.</summary>
    [Fact]
    public void LoadModel_Damaged_AnswersWithProbabilitiesOrIsRefused() => Fuzzer.Run(
        [File.ReadAllBytes(saved.ModelPath)],
        bytes =>
        {
            using var classifier = GenreClassifier.Load(_folder.Write("model.onnx", bytes));
            Assert.Equal(1, classifier.Classify(Song).Genres.Sum(genre => genre.Probability), 1e-3);
        },
        exception => exception is InvalidDataException);

    [Fact]
    public void LoadModel_DamagedDescription_IsRefusedUnlessTheHashIsStillThere()
    {
        var path = _folder.Write("described.onnx", File.ReadAllBytes(saved.ModelPath));
        Fuzzer.Run(
            [File.ReadAllBytes(saved.DescriptionPath), Encoding.UTF8.GetBytes($"{{\"sha256\":\"{HashOf(path)}\"}}")],
            bytes =>
            {
                _folder.Write("described.json", bytes);
                ModelFiles.RequireHash(path, HashOf(path));
                Assert.Contains(HashOf(path), Encoding.UTF8.GetString(bytes), StringComparison.OrdinalIgnoreCase);
            },
            exception => exception is InvalidDataException);
    }

    private static string HashOf(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private static byte[] Table(int songs, string name)
    {
        using var stream = new MemoryStream();
        Dataset.FromVectors(SavedModel.RandomVectors(songs).Select((song, i) => ($"{i}{name}", song, "Ballad"))).Write(stream);
        return stream.ToArray();
    }
}
