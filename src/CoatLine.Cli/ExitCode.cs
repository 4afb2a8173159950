namespace CoatLine.Cli;

/// <summary>What the command's exit code means; the same for every command.</summary>
internal static class ExitCode
{
    /// <summary>Done; what was asked for is so.</summary>
    public const int Done = 0;

    /// <summary>Refused, or a check failed: the input was understood and the answer is no.</summary>
    public const int Refused = 1;

    /// <summary>Bad input or usage; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>Something that the command needs cannot be reached or is taken by another process.</summary>
    public const int Unreachable = 3;
}
