using MusicRec.Audio.Encoding;
using MusicRec.Catalog.Demo.Synthesis;
using MusicRec.Genres;

namespace MusicRec.Catalog.Demo;

/// <summary>The list of demo songs, and their sound.</summary>
public static class DemoSongs
{
    private const int Channels = 2;

    private static readonly (string Genre, string Artist, string[] Titles)[] Discography =
    [
        ("Ballad", "늦가을편지함", ["서랍 속의 너", "첫눈이 오기 전에", "마지막 버스"]),
        ("Ballad", "은하우체국", ["창가에 두고 온 말", "느린 안녕", "Paper Moonlight"]),
        ("Dance", "네온복숭아단", ["반짝반짝 비상구", "토요일 충전 중", "Lemon Siren"]),
        ("Dance", "PIXEL TANGERINE", ["Jump to Sunrise", "심장 박수", "무중력 댄스홀"]),
        ("Folk", "느티나무아래둘", ["보리밭 산책", "할머니의 라디오", "강둑에 앉아"]),
        ("Folk", "조약돌모임", ["바람개비 마을", "오솔길 편지", "장독대 위의 고양이"]),
        ("Hiphop", "골목참깨", ["옥탑방 사이퍼", "새벽 두 시 편의점"]),
        ("Hiphop", "다락방주파수", ["계단 위에서", "저금통 브레이크"]),
        ("Hiphop", "GRAVEL MANDU", ["Night Bus Verse", "빈 주머니 부자"]),
        ("Indie", "수요일의고래들", ["옥상 텃밭", "구름 세탁소", "자전거 바구니"]),
        ("Indie", "감자별관측소", ["여름 감기", "필름 두 통", "Half a Postcard"]),
        ("RnB", "달무리살롱", ["자정의 오렌지", "천천히 와줘", "물결무늬"]),
        ("RnB", "VELVET PERSIMMON", ["Slow Elevator", "네 향기의 온도", "소파 위 우주"]),
        ("Rock", "번개세탁소", ["정전의 밤", "고장 난 신호등", "아스팔트 위로"]),
        ("Rock", "IRON MAGPIE UNION", ["Thunder Lunchbox", "불꽃 정류장", "달려라 고물차"]),
        ("Trot", "나팔꽃순희", ["사랑은 완행열차", "항구의 달력", "여보 한 잔 차"]),
        ("Trot", "강두렁", ["인생 뻥튀기", "단골손님 내 사랑", "꽃신 신고 오세요"]),
    ];

    /// <summary>The songs of the demo catalog: six of each of the eight genres, with the seeds 1 to 48.</summary>
    public static IReadOnlyList<DemoSong> Catalog { get; } =
    [
        .. Discography
            .SelectMany(artist => artist.Titles, (artist, title) => (artist.Genre, artist.Artist, Title: title))
            .Select((song, index) => new DemoSong(song.Genre, song.Artist, song.Title, index + 1)),
    ];

    /// <summary>Other songs of the same genres with other seeds, to train and to test the demo model.</summary>
    /// <param name="perGenre">Songs of each genre, 1 or more.</param>
    /// <param name="firstSeed">The first seed; the songs take one each from there upwards, none of them a seed of <see cref="Catalog"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seeds would reach those of <see cref="Catalog"/>, or beyond the integers.</exception>
    public static IReadOnlyList<DemoSong> Others(int perGenre, int firstSeed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perGenre);
        var endSeed = firstSeed + (long)perGenre * Genre.All.Count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(endSeed, int.MaxValue, nameof(perGenre));
        if (firstSeed <= Catalog.Count && endSeed > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstSeed), firstSeed, $"The seeds {firstSeed} to {endSeed - 1} would reach those of the catalog, 1 to {Catalog.Count}.");
        }

        return
        [
            .. Enumerable.Range(0, perGenre * Genre.All.Count).Select(index => new DemoSong(
                Genre.All[index / perGenre].Name, "연습생", $"연습 {index + 1}", firstSeed + index)),
        ];
    }

    /// <summary>Writes the song as a WAV file: 30 s, stereo, 44 100 Hz, 16 bit.</summary>
    /// <param name="song">A song of one of the eight genres.</param>
    /// <param name="wav">Receives the file from its current position; left open.</param>
    /// <exception cref="ArgumentException">The genre is none of the eight.</exception>
    public static void Write(DemoSong song, Stream wav) =>
        WavWriter.Write(wav, SongSynthesizer.Render(song.Genre, song.Seed), Channels, Numeric.SampleRate);
}
