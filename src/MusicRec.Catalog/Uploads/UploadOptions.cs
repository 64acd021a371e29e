namespace MusicRec.Catalog.Uploads;

/// <summary>Settings of section <c>Upload</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>Most bytes of one file: 1 MiB to 4 GiB; 200 MiB unless set.</summary>
    public long MaxBytes { get; set; } = 200L << 20;

    /// <summary>How long an upload is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);
}
