namespace MusicRec.Catalog.Tests.Tags;

/// <summary>Names and titles made of words of their languages; the same at every run.</summary>
internal static class Corpora
{
    private static readonly string[] Surnames = Words("김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 전 홍 고 문 양 손 배 백 허 유 남 심 노 하 곽 성 차 주 우 구 나 민 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편 용");

    private static readonly string[] Given = Words("민 서 지 현 준 윤 예 은 하 수 영 진 우 도 시 주 성 재 승 혜 정 유 연 경 미 선 희 숙 순 자 태 동 상 철 호 훈 석 규 건 찬 빈 린 솔 별 봄 슬 기 나 라 아 소 다 온 율 봉 국 광 범 권 택 필 웅 형 환 혁 균 섭 욱 용 원 일 종 창 춘 학 한 해 홍 화 효 후 휘");

    private static readonly string[] Titles = Words("사랑 이별 눈물 그대 나는 너를 밤편지 좋은 날 봄날 가을 겨울 여름밤 바람 비가 오는 거리 추억 속의 그녀 내 마음 안녕 다시 만나 우리 잊지 말아요 첫눈처럼 너에게 가겠다 벚꽃 엔딩 고백 취중진담 한숨 숨 꽃 길 비 눈 강 산 별 달 해 춤 꿈 힘 집 첫사랑 빨간 맛 여행 시작 소나기 편지 하늘 바다 무지개 청춘 스물다섯 스물하나 어머니 아버지의 노래 흔들리는 꽃들 속에서 네 샴푸향이 느껴진거야 붉은 노을 서른 즈음에 총 맞은 것처럼 잔소리 뚜두뚜두 쩔어 불타오르네 땡 왜 뭐 뿜뿜 덤덤 짐살라빔 헤어지자 말해요 취했나봐 괜찮아 싫다고 했잖아 없었던 일로 넋두리 값진 읽다 밟지마 앉아 많은 끓는 삶 닭 흙 몫 까만 또 떠나 뻔한 씨앗 쯤 찌개 쫓아 꽤 꿰매 웬일 휘파람 희망 의자 얘기 계절 예쁜 폐허 쉼표 쇠 왼손 됐어 봐 줘 춰 뒀어 휴일 귤 튤립 킥 퀸 켜 탓 텅 빈 파란 펑펑 품 허공 훨훨");

    private static readonly string[] English = Words("Love Blue Night feat. Remix (Live) OST Part.2 DJ vs. No.1 2024 Intro Ver. - & ~ ! [MV]");

    private static readonly string[] Accented = Words("Björk Motörhead Café Sigur Rós déjà vu été Noël naïve façade garçon élan œuvre cœur forêt île août où très après être fenêtre château hôtel âme même ça Français Ángel corazón mañana niño canción pasión música última año señor qué cómo tú él así aquí allí adiós después según también pájaro árbol águila Óscar época índigo útil coração canção ação não mãe avião São João você três bênção saudações português época água três mulheres à noite über Mädchen schön Glück süß Straße Fräulein Öl Übung Äpfel größe Tür Schlüssel für Königin Müller Ærø smørrebrød blåbær år ål ø Æsir Þór það ást lífið ég þú sól ís hljóð Ágætis byrjun Svefn-g-englar vögguvísur ääni yö pää tähti kesä hääyö jäätelö työ öljy päivää sää Åland ängel själ hjärta förälskad kärlek någon åska överallt perché più città così lunedì virtù è Pavarotti Zoë Beyoncé Maná Tiësto Röyksopp Mötley Crüe Queensrÿche Hüsker Dü Blue Öyster Cult Sinéad O’Connor L’Été «Non» ¿Dónde está? ¡Olé! N° 5 50¢ £9 100€ “Quoted” it’s naïveté Ÿ šálek žena Škoda Željko");

    private static readonly string[] Kana = Words("さくら 桜 愛してる 宇多田ヒカル 東京 夜に駆ける 紅蓮華 米津玄師 ドラえもん らいおん カタカナ ありがとう 上を向いて歩こう 雪 ハナミズキ");

    private static readonly string[] Cyrillic = Words("Кино Группа крови Виктор Цой Звезда по имени Солнце Любовь Москва Ёлка и й ещё Подмосковные вечера Україна їжак Београд");

    public static IEnumerable<string> Of(string corpus, int count) => corpus switch
    {
        "Korean" => Korean(count),
        "Japanese" => Joined(Kana, count),
        "Western" => Western(count),
        "Russian" => Joined(Cyrillic, count),
        _ => Joined([.. Kana, .. Cyrillic, .. Accented, .. Titles, .. English], count),
    };

    /// <summary>Names of people, titles of one to four words, some with English among them.</summary>
    public static IEnumerable<string> Korean(int count)
    {
        var random = new Random(949);
        string Pick(string[] words) => words[random.Next(words.Length)];
        for (var i = 0; i < count; i++)
        {
            yield return (i % 4) switch
            {
                0 => Pick(Surnames) + Pick(Given) + Pick(Given),
                1 => string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(Titles))),
                2 => $"{Pick(Titles)} {Pick(English)} {Pick(Titles)}",
                _ => $"{Pick(Surnames)}{Pick(Given)} - {Pick(Titles)}{Pick(English)}",
            };
        }
    }

    /// <summary>Words with accents as they are, in lower and in upper case.</summary>
    public static IEnumerable<string> Western(int count) => Joined(
        [.. Accented, .. Accented.Select(word => word.ToLowerInvariant()), .. Accented.Select(word => word.ToUpperInvariant()), .. English], count);

    private static IEnumerable<string> Joined(string[] words, int count)
    {
        var random = new Random(1252);
        return words.Concat(Enumerable.Range(0, count).Select(_ =>
            string.Join(random.Next(5) == 0 ? "-" : " ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]))));
    }

    private static string[] Words(string words) => words.Split(' ');
}
