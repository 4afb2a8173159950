namespace CoatLine.OpcUa.Server;

/// <summary>What a method call came to.</summary>
/// <param name="Status">Good, or why the call was refused.</param>
/// <param name="Outputs">The output arguments in order; empty when there are none or the call was refused.</param>
public sealed record MethodOutcome(StatusCode Status, IReadOnlyList<Variant> Outputs)
{
    /// <summary>A refused call.</summary>
    public static MethodOutcome Refused(StatusCode status) => new(status, []);
}

/// <summary>Carries out a method on an object. It is called on a connection's thread and must not block on the
/// network; the number and the types of the inputs are not checked beforehand.</summary>
/// <param name="objectId">The object on which the method was called.</param>
/// <param name="inputs">The input arguments in order.</param>
/// <returns>Status and outputs.</returns>
public delegate MethodOutcome MethodHandler(NodeId objectId, IReadOnlyList<Variant> inputs);

/// <summary>A method (OPC 10000-3 §5.7).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaMethod(NodeId nodeId, QualifiedName browseName) : UaNode(NodeClass.Method, nodeId, browseName)
{
    /// <summary>What carries the method out; while it is null the method is not executable.</summary>
    public MethodHandler? Handler { get; set; }

    /// <summary>The same for a method that has to know on whose behalf it is called.</summary>
    internal Func<Session, NodeId, IReadOnlyList<Variant>, MethodOutcome>? SessionHandler { get; set; }

    internal bool IsExecutable => Handler is not null || SessionHandler is not null;
}
