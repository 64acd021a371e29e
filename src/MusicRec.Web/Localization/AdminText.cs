namespace MusicRec.Web.Localization;

/// <summary>Names the resources with the words of account, administration, errors and problems.</summary>
public sealed class AdminText;
