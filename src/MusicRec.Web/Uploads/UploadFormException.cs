namespace MusicRec.Web.Uploads;

/// <summary>What is wrong with a multipart request.</summary>
public enum UploadFormProblem
{
    /// <summary>Not <c>multipart/form-data</c>.</summary>
    NotMultipart,

    /// <summary>The body ends early or breaks the rules of multipart.</summary>
    Malformed,

    /// <summary>The antiforgery token is missing, late or not this visitor's.</summary>
    Forged,

    /// <summary>No file was chosen.</summary>
    NoFile,
}

/// <summary>A multipart request that cannot be read; <c>ProblemTexts</c> has the words for it.</summary>
public sealed class UploadFormException(UploadFormProblem problem, Exception? cause = null)
    : Exception($"The multipart request cannot be read: {problem}.", cause)
{
    /// <summary>What is wrong.</summary>
    public UploadFormProblem Problem => problem;
}
