namespace CoatLine.OpcUa.NodeSets;

/// <summary>A NodeSet2 document was refused; the message names the node, the line and what is wrong.</summary>
public sealed class NodeSetException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="line">Line of the document, from 1; 0 when unknown.</param>
    /// <param name="message">What is wrong, with the node.</param>
    /// <param name="innerException">What the XML reader said, or null.</param>
    public NodeSetException(int line, string message, Exception? innerException = null)
        : base(line > 0 ? $"Line {line}: {message}" : message, innerException) => Line = line;

    /// <summary>Line of the document, from 1; 0 when unknown.</summary>
    public int Line { get; }
}
