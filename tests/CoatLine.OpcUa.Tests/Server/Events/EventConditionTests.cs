using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Server.Events;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server.Events;

[TestFixture]
internal sealed class EventConditionTests
{
    private static readonly NodeId BaseEventType = ObjectTypeIds.BaseEventType;
    private static readonly NodeId ConditionType = new(2782);

    private static readonly UaEvent Alarm = new(
        new NodeId(10637), new NodeId(1, "Mixer"), new NodeId(1, "Mixer.Alarm.LidOpen"),
        new Dictionary<string, Variant>
        {
            ["Severity"] = Variant.Of((ushort)950),
            ["SourceName"] = Variant.Of("Mixer"),
            ["Message"] = Variant.Of(LocalizedText.Of("lid open")),
            ["ActiveState/Id"] = Variant.Of(true),
            ["Time"] = Variant.Of(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        });

    private static readonly AddressSpace Space = new();

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case(true, FilterOperator.Equals, Field("SourceName"), Literal("Mixer"));
        yield return Case(false, FilterOperator.Equals, Field("SourceName"), Literal("Coater"));
        yield return Case(false, FilterOperator.Equals, Field("SourceName"), Literal(5));
        yield return Case(false, FilterOperator.Equals, Field("Nothing"), Literal("Mixer"));
        yield return Case(true, FilterOperator.Equals, Field("ActiveState", "Id"), Literal(true));
        yield return Case(true, FilterOperator.Equals, Field("Severity"), Literal(950));
        yield return Case(false, FilterOperator.GreaterThan, Field("Severity"), Literal(950));
        yield return Case(true, FilterOperator.GreaterThan, Field("Severity"), Literal(949.5));
        yield return Case(true, FilterOperator.GreaterThanOrEqual, Field("Severity"), Literal(950));
        yield return Case(false, FilterOperator.LessThan, Field("Severity"), Literal(950));
        yield return Case(true, FilterOperator.LessThanOrEqual, Field("Severity"), Literal(950));
        yield return Case(false, FilterOperator.GreaterThan, Field("Nothing"), Literal(1));
        yield return Case(true, FilterOperator.LessThan, Field("Time"), Literal(DateTime.UnixEpoch.AddYears(100)));
        yield return Case(true, FilterOperator.Between, Field("Severity"), Literal(950), Literal(1000));
        yield return Case(true, FilterOperator.Between, Field("Severity"), Literal(900), Literal(950));
        yield return Case(false, FilterOperator.Between, Field("Severity"), Literal(951), Literal(1000));
        yield return Case(true, FilterOperator.InList, Field("Severity"), Literal(1), Literal(950));
        yield return Case(false, FilterOperator.InList, Field("Severity"), Literal(1), Literal(2));
        yield return Case(true, FilterOperator.IsNull, Field("Nothing"));
        yield return Case(false, FilterOperator.IsNull, Field("Severity"));
        yield return Case(true, FilterOperator.OfType, Literal(new NodeId(2915)));
        yield return Case(true, FilterOperator.OfType, Literal(BaseEventType));
        yield return Case(false, FilterOperator.OfType, Literal(new NodeId(2787)));
        yield return Case(true, FilterOperator.Like, Field("SourceName"), Literal("Mi%"));
        yield return Case(true, FilterOperator.Like, Field("SourceName"), Literal("M_xer"));
        yield return Case(true, FilterOperator.Like, Field("SourceName"), Literal("[L-N]ixer"));
        yield return Case(false, FilterOperator.Like, Field("SourceName"), Literal("[^M]ixer"));
        yield return Case(false, FilterOperator.Like, Field("SourceName"), Literal("Mixe"));
        yield return Case(false, FilterOperator.Like, Field("SourceName"), Literal("M.xer"));
        yield return Case(true, FilterOperator.Like, Field("Message"), Literal("lid%"));
        yield return Case(false, FilterOperator.Like, Field("Severity"), Literal("9%"));
        yield return Case(true, FilterOperator.Not, Literal(false));
        yield return Case(false, FilterOperator.Not, Literal(true));
        yield return Case(false, FilterOperator.Not, Field("Nothing"));
        yield return Case(true, FilterOperator.And, Literal(true), Field("ActiveState", "Id"));
        yield return Case(false, FilterOperator.And, Literal(true), Field("Nothing"));
        yield return Case(true, FilterOperator.Or, Field("Nothing"), Literal(true));
        yield return Case(false, FilterOperator.Or, Field("Nothing"), Literal(false));
    }

    [TestCaseSource(nameof(Cases))]
    public void Where_OneOperator_PassesWhenItIsTrue(ContentFilterElement element, bool passes)
    {
        var condition = EventCondition.Read(new ContentFilter { Elements = [element] }, Space.Types, out _);
        Assert.That(condition!.Passes(Alarm), Is.EqualTo(passes));
    }

    [Test]
    public void Where_TreeOfElements_IsFollowed()
    {
        // Not (severity < 500) and of type ConditionType.
        var condition = Read(
            Element(FilterOperator.And, Next(1), Next(3)),
            Element(FilterOperator.Not, Next(2)),
            Element(FilterOperator.LessThan, Field("Severity"), Literal(500)),
            Element(FilterOperator.OfType, Literal(ConditionType)));
        Assert.That(condition!.Passes(Alarm), Is.True);
    }

    [Test]
    public void Where_BitsOfAnotherElement_AreANumber()
    {
        var condition = Read(
            Element(FilterOperator.Equals, Next(1), Literal(6)),
            Element(FilterOperator.BitwiseAnd, Field("Severity"), Literal(15)));
        Assert.That(condition!.Passes(Alarm), Is.True, "950 & 15 is 6");
    }

    [Test]
    public void Where_ElementsThatReferTwiceToTheNext_AreEvaluatedOnceEach()
    {
        // Followed reference by reference this would take 2^199 steps.
        const uint Last = 199;
        var condition = Read(
        [
            .. Enumerable.Range(1, (int)Last).Select(i => Element(FilterOperator.And, Next((uint)i), Next((uint)i))),
            Element(FilterOperator.Equals, Field("Severity"), Literal(950)),
        ]);
        Assert.That(condition!.Passes(Alarm), Is.True);
    }

    [Test]
    public void Where_NothingAsked_LetsEverythingPass() => Assert.That(Read()!.Passes(Alarm), Is.True);

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Mistake(
            StatusCodes.BadFilterOperandCountMismatch, Element(FilterOperator.Equals, Field("Severity")));
        yield return Mistake(
            StatusCodes.BadFilterOperandCountMismatch, Element(FilterOperator.Not, Literal(true), Literal(true)));
        yield return Mistake(
            StatusCodes.BadFilterOperatorUnsupported, Element(FilterOperator.InView, Literal(new NodeId(1))));
        yield return Mistake(StatusCodes.BadFilterOperatorUnsupported, Element((FilterOperator)99, Literal(1)));
        yield return Mistake(StatusCodes.BadFilterOperandInvalid, Element(FilterOperator.Not, Next(0)));
        yield return Mistake(StatusCodes.BadFilterOperandInvalid, Element(FilterOperator.Not, Next(1)));
        yield return Mistake(
            StatusCodes.BadFilterOperandInvalid, Element(FilterOperator.Not, ExtensionObject.Of(new UaRange(0, 1))));
        yield return Mistake(
            StatusCodes.BadFilterOperandInvalid,
            Element(FilterOperator.IsNull, ExtensionObject.Of(new SimpleAttributeOperand
            {
                TypeDefinitionId = new NodeId(63), BrowsePath = [new QualifiedName(0, "X")],
                AttributeId = AttributeId.Value,
            })));
    }

    [TestCaseSource(nameof(Mistakes))]
    public void Where_ElementThatMakesNoSense_IsRefusedByName(ContentFilterElement element, StatusCode status)
    {
        var condition = EventCondition.Read(
            new ContentFilter { Elements = [element] }, Space.Types, out var result);
        Assert.That(condition, Is.Null);
        Assert.That(result.ElementResults[0].StatusCode, Is.EqualTo(status));
    }

    private static EventCondition? Read(params ContentFilterElement[] elements) =>
        EventCondition.Read(new ContentFilter { Elements = elements }, Space.Types, out _);

    private static TestCaseData Case(bool passes, FilterOperator @operator, params ExtensionObject[] operands) =>
        new TestCaseData(Element(@operator, operands), passes)
            .SetArgDisplayNames($"{@operator} {string.Join(", ", operands.Select(Words))} is {passes}");

    private static TestCaseData Mistake(StatusCode status, ContentFilterElement element) =>
        new TestCaseData(element, status)
            .SetArgDisplayNames($"{element.FilterOperator} of {element.FilterOperands.Length}: {status}");

    private static string Words(ExtensionObject operand) => operand.Structure switch
    {
        LiteralOperand literal => literal.Value.ToString() ?? "",
        SimpleAttributeOperand field => UaEvent.PathOf(field.BrowsePath),
        _ => "element",
    };

    private static ContentFilterElement Element(FilterOperator @operator, params ExtensionObject[] operands) =>
        new() { FilterOperator = @operator, FilterOperands = operands };

    private static ExtensionObject Field(params string[] path) => ExtensionObject.Of(new SimpleAttributeOperand
    {
        TypeDefinitionId = BaseEventType,
        BrowsePath = [.. path.Select(name => new QualifiedName(0, name))],
        AttributeId = AttributeId.Value,
    });

    private static ExtensionObject Literal(string value) => Literal(Variant.Of(value));

    private static ExtensionObject Literal(int value) => Literal(Variant.Of(value));

    private static ExtensionObject Literal(double value) => Literal(Variant.Of(value));

    private static ExtensionObject Literal(bool value) => Literal(Variant.Of(value));

    private static ExtensionObject Literal(DateTime value) =>
        Literal(Variant.Of(DateTime.SpecifyKind(value, DateTimeKind.Utc)));

    private static ExtensionObject Literal(NodeId value) => Literal(Variant.Of(value));

    private static ExtensionObject Literal(Variant value) => ExtensionObject.Of(new LiteralOperand { Value = value });

    private static ExtensionObject Next(uint index) => ExtensionObject.Of(new ElementOperand { Index = index });
}
