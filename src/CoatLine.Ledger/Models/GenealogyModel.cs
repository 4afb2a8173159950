namespace CoatLine.Ledger.Models;

/// <summary>What went into what: lots booked for a batch, weighed into a container, coated onto a sheet, cut for it.
/// </summary>
internal static class GenealogyModel
{
    public static void Project(FactView fact, ModelPage page)
    {
        switch (fact.Type)
        {
            case "batch-created":
                foreach (FactView lot in fact.At("order").Each("lots"))
                {
                    // What is booked is not yet used: an amount comes with the weighing.
                    Add(page, fact, "booked", ("lot", lot.Text("lot")), lot.Text("material"), ("batch", fact.Batch));
                }

                break;
            case "material-weighed":
                string? material = fact.Text("material");
                (string, string?) from = fact.Text("lot") is { } weighed ? ("lot", weighed) : ("material", material);
                Add(page, fact, "weighed", from, material, ("container", fact.Text("container")),
                    fact.Number("net_g"), "g");
                break;
            case "coat-completed":
                (string, string?) sheet = ("sheet", fact.Text("sheet"));
                if (fact.Whole("coat_index") == 1)
                {
                    // Coat 2 lies on the foil that coat 1 has used.
                    Add(page, fact, "cut", ("lot", fact.Text("foil_roll")), null, sheet,
                        fact.Number("stroke_mm"), "mm");
                }

                Add(page, fact, "coated", ("container", fact.Text("container")), fact.Text("layer"), sheet);
                break;
        }
    }

    private static void Add(
        ModelPage page,
        FactView fact,
        string relation,
        (string Kind, string? Id) from,
        string? material,
        (string Kind, string? Id) into,
        double? amount = null,
        string? unit = null)
    {
        if (from.Id is not null && into.Id is not null)
        {
            page.Add(ModelTable.Genealogy, fact, fact.Batch, fact.Time, relation, from.Kind, from.Id, material,
                into.Kind, into.Id, amount, amount is null ? null : unit);
        }
    }
}
