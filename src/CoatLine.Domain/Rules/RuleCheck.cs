namespace CoatLine.Domain.Rules;

/// <summary>What a rule says of one quantity.</summary>
public enum Verdict
{
    /// <summary>Inside the limit and inside the preferred range, where there is one.</summary>
    Pass,

    /// <summary>Inside the hard limit, outside a preferred range: a note for the engineer, no obstacle.</summary>
    Advisory,

    /// <summary>Inside the limit, but nearer to it than the measurement can tell: a person releases it.</summary>
    Conditional,

    /// <summary>Outside the limit.</summary>
    Fail,

    /// <summary>There is no value of good quality; that never counts as a pass.</summary>
    NotMeasured,
}

/// <summary>When in the making of an electrode a rule is judged.</summary>
public enum RuleStage
{
    /// <summary>When a recipe is offered (RC).</summary>
    Recipe,

    /// <summary>When a material lot is received (LR).</summary>
    LotReceipt,

    /// <summary>On the masses really weighed in (WI).</summary>
    WeighIn,

    /// <summary>On measured mix cycles.</summary>
    Mixing,

    /// <summary>After coat 1 (C1).</summary>
    AfterCoat1,

    /// <summary>After coat 2 (C2).</summary>
    AfterCoat2,

    /// <summary>On the dried electrode (D).</summary>
    Dried,

    /// <summary>After warm isostatic pressing (W).</summary>
    AfterWip,

    /// <summary>In the laboratory (LAB).</summary>
    Lab,
}

/// <summary>One rule judged on one quantity. Passes are recorded too.</summary>
/// <param name="Rule">Rule id of the catalogue, e.g. <c>R03</c>.</param>
/// <param name="Quantity">What was judged, e.g. <c>first carbon D50</c>.</param>
/// <param name="Subject">Where: sub-layer, material, state or sample, e.g. <c>base cb-120</c>.</param>
/// <param name="Value">The exact value judged, in <paramref name="Unit"/>; null when not measured.</param>
/// <param name="Unit">Unit of value and limit; empty for a pure number.</param>
/// <param name="Limit">The limit in words, e.g. <c>5 ≤ d &lt; 50 nm</c>.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Paragraph">Source paragraph and claim, e.g. <c>[0047], cl.3/4</c>.</param>
/// <param name="Message">One sentence with rule, value, limit and paragraph.</param>
public sealed record RuleCheck(
    string Rule,
    string Quantity,
    string Subject,
    decimal? Value,
    string Unit,
    string Limit,
    Verdict Verdict,
    string Paragraph,
    string Message);
