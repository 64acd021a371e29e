namespace MusicRec.Catalog;

/// <summary>Something an administrator chose while the program runs.</summary>
internal sealed class Setting
{
    private Setting()
    {
    }

    public Setting(string key, string value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; private set; } = "";

    public string Value { get; set; } = "";
}
