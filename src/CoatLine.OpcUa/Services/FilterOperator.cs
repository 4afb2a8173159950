namespace CoatLine.OpcUa.Services;

/// <summary>Operators of event conditions (OPC 10000-4 §7.7.3).</summary>
public enum FilterOperator
{
    /// <summary>Equal.</summary>
    Equals = 0,
    /// <summary>Null.</summary>
    IsNull = 1,
    /// <summary>Greater.</summary>
    GreaterThan = 2,
    /// <summary>Less.</summary>
    LessThan = 3,
    /// <summary>Greater or equal.</summary>
    GreaterThanOrEqual = 4,
    /// <summary>Less or equal.</summary>
    LessThanOrEqual = 5,
    /// <summary>Text pattern.</summary>
    Like = 6,
    /// <summary>Negation.</summary>
    Not = 7,
    /// <summary>Within two bounds.</summary>
    Between = 8,
    /// <summary>One of a list.</summary>
    InList = 9,
    /// <summary>Both.</summary>
    And = 10,
    /// <summary>Either.</summary>
    Or = 11,
    /// <summary>Conversion.</summary>
    Cast = 12,
    /// <summary>In a view.</summary>
    InView = 13,
    /// <summary>Of a type or subtype.</summary>
    OfType = 14,
    /// <summary>Referenced.</summary>
    RelatedTo = 15,
    /// <summary>Bits of both.</summary>
    BitwiseAnd = 16,
    /// <summary>Bits of either.</summary>
    BitwiseOr = 17,
}
