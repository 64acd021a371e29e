namespace MusicRec.Catalog.Similarity.Pgvector;

/// <summary>pgvector's table was made anew with other columns since an index was loaded: the newest one must be asked.</summary>
internal sealed class TableReplacedException(Exception inner) : Exception("The table of vectors has other columns than this index.", inner);
