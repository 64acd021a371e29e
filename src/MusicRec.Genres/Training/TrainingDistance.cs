namespace MusicRec.Genres.Training;

internal sealed class TrainingDistance;
