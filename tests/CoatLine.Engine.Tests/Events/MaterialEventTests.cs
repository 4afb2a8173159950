using System.Text;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Engine.Tests.Events;

/// <summary>The bytes of facts about materials, as the records of today's lines have them.</summary>
public sealed class MaterialEventTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private static readonly MaterialLot Carbon =
        new("C-1", "cb-40", LotKind.Carbon, "Kanto", Now, Now.AddYears(1), 500m)
        {
            MoisturePpm = 200m,
            Carbon = new CarbonCertificate(
                "C-1",
                "cb-40",
                CarbonRole.First,
                new(40m),
                D50Method.PrimaryParticle,
                ["carbon black"],
                true,
                1.1m,
                null,
                new AcidTreatment(new(40m), ["H2SO4"])),
        };

    [Test]
    public void LotReceived_Written_HasTheseBytesAndReadsBack()
    {
        var fact = new LotReceived("", Carbon, [], "Ito");

        Check(fact, """
            {"lot":{"lot":"C-1","material":"cb-40","kind":"carbon","supplier":"Kanto",
            "received_at":"2026-01-05T06:00:00+00:00","expires":"2027-01-05T06:00:00+00:00","quantity":500,
            "moisture_ppm":200,"binder_weight_fraction":null,"carbon":{"lot":"C-1","material":"cb-40","role":"first",
            "d50":{"value":40},"method":"primary_particle","types":["carbon black"],"is_amorphous":true,
            "aspect_ratio":1.1,"oxygen_at_percent":null,"treatment":{"temperature":{"value":40},"reagents":["H2SO4"]}},
            "silver":null,"collector":null},"checks":[],"by":"Ito","batch":""}
            """);
    }

    [Test]
    public void LotStatusSet_Written_HasTheseBytesAndReadsBack() => Check(
        new LotStatusSet("", "C-1", LotStatus.Engineering, "120 nm", new Signature("Mori", SignerRole.QaManager, Now)),
        """
        {"lot":"C-1","status":"engineering","reason":"120 nm",
        "signature":{"person":"Mori","role":"qa_manager","at":"2026-01-05T06:00:00+00:00"},"batch":""}
        """);

    [Test]
    public void LabResultEntered_Written_HasTheseBytesAndReadsBack() => Check(
        new LabResultEntered(
            "B-1", "S-1", LabKind.SemSplit, "M-1", Now, [new("base_1", 22.6m, "µm"), new("top_1", null, "µm")], [],
            "Sato", Now),
        """
        {"sheet":"S-1","kind":"sem_split","sample":"M-1","measured_at":"2026-01-05T06:00:00+00:00",
        "values":[{"name":"base_1","value":22.6,"unit":"µm"},{"name":"top_1","value":null,"unit":"µm"}],"checks":[],
        "by":"Sato","at":"2026-01-05T06:00:00+00:00","batch":"B-1"}
        """);

    private static void Check(BatchEvent fact, string data)
    {
        ChainedEvent recorded = CloudEvent.Chain(
            fact, new LineId("line-1"), 1, ChainHash.Zero, EventIdSource.Seeded(1).Next(Now), Now);
        string payload = Encoding.UTF8.GetString(recorded.Payload.Span);

        Assert.That(
            payload[(payload.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..^1],
            Is.EqualTo(data.ReplaceLineEndings("")));
        ChainedEvent again = CloudEvent.Chain(
            EventCatalog.Read(recorded),
            recorded.Line,
            1,
            ChainHash.Zero,
            recorded.EventId,
            Now);
        Assert.That(again.Hash, Is.EqualTo(recorded.Hash), "read and written again it is the same fact");
    }
}
