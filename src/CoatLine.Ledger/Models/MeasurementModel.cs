using System.Collections.Frozen;

namespace CoatLine.Ledger.Models;

/// <summary>Every number that was measured; set points, limits and plans are none.</summary>
internal static class MeasurementModel
{
    /// <summary>The unit that is no unit: of a ratio.</summary>
    public const string PureNumber = "1";

    /// <summary>By type, the fields that are one reading each. A field names its unit; where it does
    /// not name its quantity as well, that follows.</summary>
    private static readonly FrozenDictionary<string, string[]> Fields = new Dictionary<string, string[]>
    {
        ["material-weighed"] = ["net_g=net_mass", "tare_g=tare_mass", "gross_g=gross_mass", "check_weight_g"],
        ["temperature-gate-passed"] = ["temp_degc=slurry_temp", "waited_s=waiting_time"],
        ["mix-cycle-completed"] =
        [
            "speed_mean_rpm", "speed_min_rpm", "speed_max_rpm", "step_s=mix_time", "ramp_s=ramp_time",
            "temp_start_degc", "temp_peak_degc", "temp_end_degc", "vibration_max_mm_per_s",
        ],
        ["coat-completed"] =
        [
            "gap_left_um", "gap_right_um", "speed_mean_mm_per_s", "stroke_mm", "bed_vacuum_worst_kpa",
            "dew_point_worst_degc", "slurry_age_s",
        ],
        ["drying-completed"] =
        [
            "segment1_temp_min_degc", "segment1_temp_max_degc", "segment1_s=segment1_time", "segment2_temp_min_degc",
            "segment2_temp_max_degc", "segment2_s=segment2_time", "pressure_min_kpa=oven_pressure_min",
            "lel_max_percent", "residual_nmp_ppm",
        ],
        ["press-cycle-completed"] =
        [
            "pressure_min_mpa", "pressure_max_mpa", "pressure_mean_mpa", "temp_min_degc", "temp_max_degc",
            "dwell_s=dwell_time", "decompression_max_mpa_per_min",
        ],
        ["profile-registered"] = ["zero_check_um"],
        ["areal-mass-measured"] = ["mean_mg_per_cm2=areal_mass"],
        ["qc-judged"] = ["ratio_dried", "ratio_pressed", "porosity_percent", "thickness_max_um"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Where one ending is the end of another, the longer one stands first.
    private static readonly (string Ending, string Unit)[] Units =
    [
        ("_mm_per_s", "mm/s"), ("_mpa_per_min", "MPa/min"), ("_mg_per_cm2", "mg/cm²"), ("_percent", "%"),
        ("_ppm", "ppm"), ("_degc", "°C"), ("_rpm", "rpm"), ("_kpa", "kPa"), ("_mpa", "MPa"), ("_um", "µm"),
        ("_mm", "mm"), ("_mg", "mg"), ("_g", "g"), ("_s", "s"),
    ];

    public static void Project(FactView fact, ModelPage page)
    {
        foreach (string field in Fields.GetValueOrDefault(fact.Type) ?? [])
        {
            Add(page, fact, Subject(fact), field, fact.Number(field.Split('=')[0]));
        }

        switch (fact.Type)
        {
            case "profile-registered":
                foreach (FactView point in fact.Each("points"))
                {
                    Add(page, fact, Subject(fact, "point " + point.Text("id")), "thickness_um",
                        point.Number("thickness_um"), fact.Number("gauge_class_um"), "gauge_class");
                }

                break;
            case "areal-mass-measured":
                foreach ((int index, double mass) in fact.Numbers("punch_mass_mg").Index())
                {
                    Add(page, fact, Subject(fact, FormattableString.Invariant($"punch {index + 1}")), "punch_mass_mg",
                        mass);
                }

                break;
            case "roughness-measured":
                foreach (FactView sample in fact.Each("samples"))
                {
                    string? subject = Subject(fact, "sample " + sample.Text("id"));
                    Add(page, fact, subject, "sa_um", sample.Number("sa_um"));
                    Add(page, fact, subject, "sz_um", sample.Number("sz_um"));
                }

                break;
            case "lab-result-entered":
                foreach (FactView value in fact.Each("values"))
                {
                    if (value.Text("name") is { } name && value.Number("value") is { } number)
                    {
                        string unit = value.Text("unit") is { Length: > 0 } named ? named : PureNumber;
                        Add(page, fact, fact.Text("sample"), (name, unit), number);
                    }
                }

                break;
        }
    }

    private static string? Subject(FactView fact, string? part = null)
    {
        string? cycle = fact.Text("cycle") is { } number ? "cycle " + number : null;
        string?[] parts =
            [fact.Text("layer"), fact.Text("state"), fact.Text("stage"), fact.Text("material"), cycle, part];
        string subject = string.Join(' ', parts.OfType<string>());
        return subject.Length > 0 ? subject : null;
    }

    private static void Add(
        ModelPage page,
        FactView fact,
        string? subject,
        string field,
        double? value,
        double? uncertainty = null,
        string? uncertaintyKind = null)
    {
        if (value is { } number)
        {
            Add(page, fact, subject, QuantityOf(field), number, uncertainty, uncertaintyKind);
        }
    }

    private static void Add(
        ModelPage page,
        FactView fact,
        string? subject,
        (string Name, string Unit) quantity,
        double value,
        double? uncertainty = null,
        string? uncertaintyKind = null) => page.Add(
            ModelTable.Measurements, fact, fact.Batch, fact.Time, fact.Text("sheet"), subject, quantity.Name, value,
            quantity.Unit, uncertainty, uncertainty is null ? null : uncertaintyKind);

    private static (string Name, string Unit) QuantityOf(string field)
    {
        string[] parts = field.Split('=');
        foreach ((string ending, string unit) in Units)
        {
            if (parts[0].EndsWith(ending, StringComparison.Ordinal))
            {
                return (parts.Length > 1 ? parts[1] : field[..^ending.Length], unit);
            }
        }

        return (parts[^1], PureNumber);
    }
}
