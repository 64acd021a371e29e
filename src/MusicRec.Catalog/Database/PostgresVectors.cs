using System.Data;
using Npgsql;

namespace MusicRec.Catalog.Database;

/// <summary>Reads vectors by Npgsql's reader, each into the same memory, and of each only what songs are compared by, with its checksum.</summary>
internal static class PostgresVectors
{
    private const string OfRange = """ FROM "Vectors" WHERE "FeatureVersion" = $1 AND "SinceVersion" > $2 AND "SinceVersion" <= $3""";

    private const string ReadIds = "SELECT \"SongId\"" + OfRange;

    private const string ReadCompared = "SELECT \"SongId\", substring(\"Bytes\" FROM 1 FOR $4) || substring(\"Bytes\" FROM $5 FOR $6)" + OfRange;

    /// <summary>Reads the vectors of a range in any order.</summary>
    public static void Read(NpgsqlConnection connection, VectorRange range, VectorParts parts, VectorHandler handle, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(parts == VectorParts.Ids ? ReadIds : ReadCompared, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = range.FeatureVersion });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = range.After });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = range.UpTo });
        if (parts == VectorParts.Compared)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = SongVector.ComparedBytes(range.FeatureVersion) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = SongVector.WholeBytes(range.FeatureVersion) + 1 });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Checksum.Length });
        }

        Span<byte> buffer = new byte[SongVector.ComparedBytes(range.FeatureVersion) + Checksum.Length];
        using var reader = command.ExecuteReader(CommandBehavior.SequentialAccess);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = reader.GetGuid(0);
            handle(id, parts == VectorParts.Ids ? [] : buffer[..ReadBytes(reader, buffer)]);
        }
    }

    private static int ReadBytes(NpgsqlDataReader reader, Span<byte> buffer)
    {
        using var bytes = reader.GetStream(1);
        return bytes.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }
}
