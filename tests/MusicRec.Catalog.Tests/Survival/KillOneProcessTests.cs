namespace MusicRec.Catalog.Tests.Survival;

/// <summary>One process at a time.</summary>
public sealed class KillOneProcessTests() : KillTests(1);
