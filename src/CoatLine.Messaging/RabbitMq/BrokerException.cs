namespace CoatLine.Messaging;

/// <summary>Why a broker cannot be used.</summary>
public enum BrokerFault
{
    /// <summary>Nothing answers there, or not in time. It may come.</summary>
    Unreachable,

    /// <summary>It refuses the user, his password, or what he wants to do.</summary>
    Refused,

    /// <summary>Its certificate is not trusted, or it does not trust ours.</summary>
    Untrusted,

    /// <summary>A queue or exchange is there already and is of another kind than is needed.</summary>
    WrongTopology,
}

/// <summary>A broker cannot be used; the message names it, the reason and the cure.</summary>
public sealed class BrokerException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BrokerException(BrokerFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>Why.</summary>
    public BrokerFault Fault { get; }
}
