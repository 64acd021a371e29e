namespace MusicRec.Web.Localization;

/// <summary>Names the texts of the visitors' pages: Text.ko.resx and Text.en.resx.</summary>
public sealed class Text;
