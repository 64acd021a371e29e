namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>A note as it is written.</summary>
/// <param name="Bar">Bar, counted from 0.</param>
/// <param name="Step">Sixteenths after the bar line; may lie between two sixteenths or in a later bar.</param>
/// <param name="Steps">Length in sixteenths.</param>
/// <param name="Pitch">MIDI pitch; 60 is middle C.</param>
/// <param name="Velocity">Loudness; 1 is ordinary.</param>
internal readonly record struct Note(int Bar, double Step, double Steps, double Pitch, double Velocity);

/// <summary>A note as it is played.</summary>
/// <param name="Start">First frame.</param>
/// <param name="Seconds">How long the key is held.</param>
/// <param name="Pitch">MIDI pitch.</param>
/// <param name="Velocity">Loudness; 1 is ordinary.</param>
internal readonly record struct Tone(int Start, double Seconds, double Pitch, double Velocity);
