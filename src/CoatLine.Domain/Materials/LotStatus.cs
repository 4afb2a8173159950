namespace CoatLine.Domain.Materials;

/// <summary>What a lot may be used for.</summary>
public enum LotStatus
{
    /// <summary>Received and not judged by a person: for nothing.</summary>
    Quarantine,

    /// <summary>For every batch; only a lot that breaks no hard rule can be.</summary>
    Released,

    /// <summary>For engineering batches only, such as the comparative examples.</summary>
    Engineering,

    /// <summary>For nothing, by a person's decision.</summary>
    Blocked,
}
