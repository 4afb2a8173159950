namespace CoatLine.Ledger.Models;

/// <summary>Who did or decided what, and why. Where the rules decided, nobody stands there as who.</summary>
internal static class AuditModel
{
    public static void Project(FactView fact, ModelPage page)
    {
        switch (fact.Type)
        {
            case "batch-created":
                Add(page, fact, fact.At("order").Text("ordered_by"), "ordered", fact.Batch,
                    after: $"{fact.Text("recipe_id")} v{fact.Text("recipe_version")}");
                AddDeviations(page, fact, fact.At("order"));
                break;
            case "question-answered":
                AddSigned(page, fact, $"answer: {fact.Text("answer")}", fact.Text("sheet") ?? fact.Text("step"),
                    fact.Text("reason"), after: fact.Text("scanned") ?? fact.Text("pressure_mpa"));
                AddDeviations(page, fact, fact);
                break;
            case "identity-refused":
                AddSigned(page, fact, "scanned another one", fact.Text("step"), null, fact.Text("expected"),
                    fact.Text("scanned"));
                break;
            case "recipe-approved":
                AddSigned(page, fact, "approval", Recipe(fact), fact.Text("reason"), after: fact.Text("content_hash"));
                break;
            case "recipe-retired":
                AddSignature(page, fact, fact.At("signature"), "retirement", Recipe(fact), fact.Text("reason"));
                break;
            case "lot-status-set":
                AddSignature(page, fact, fact.At("signature"), "lot status", fact.Text("lot"), fact.Text("reason"),
                    after: fact.Text("status"));
                break;
            case "lot-received":
                Add(page, fact, fact.Text("by"), "receipt", fact.At("lot").Text("lot"),
                    after: fact.At("lot").Text("material"));
                break;
            case "lab-result-entered":
                Add(page, fact, fact.Text("by"), "laboratory entry", fact.Text("sample"), after: fact.Text("kind"));
                break;
            default:
                ProjectControl(fact, page);
                break;
        }
    }

    private static void ProjectControl(FactView fact, ModelPage page)
    {
        switch (fact.Type)
        {
            case "batch-commanded":
                Add(page, fact, fact.Text("by"), "command", fact.Batch, fact.Text("reason"),
                    after: fact.Text("command"));
                break;
            case "execution-mode-set":
                Add(page, fact, fact.Text("by"), "mode", fact.Batch, fact.Text("reason"), null, fact.Text("mode"));
                break;
            case "batch-held":
                Add(page, fact, null, "held", fact.Text("step"), fact.Text("reason"), null, fact.Text("question"));
                break;
            case "batch-resumed":
                Add(page, fact, fact.Text("by"), "resumed", fact.Batch, fact.Text("why"));
                break;
            case "step-skipped":
                Add(page, fact, null, "skipped", fact.Text("step"), fact.Text("reason"));
                break;
            case "unit-quarantined" or "unit-freed":
                Add(page, fact, fact.Text("by"), fact.Type == "unit-freed" ? "freed" : "quarantined",
                    fact.Text("unit"), fact.Text("reason"));
                break;
            case "unit-reset":
                Add(page, fact, null, "reset", fact.Text("unit"), null, fact.Text("from"));
                break;
            case "alarm-acknowledged":
                Add(page, fact, fact.Text("by"), "acknowledgement", fact.Text("alarm"), fact.Text("comment"));
                break;
            case "alarm-shelved" or "alarm-unshelved":
                Add(page, fact, fact.Text("by"), fact.Type == "alarm-shelved" ? "shelved" : "unshelved",
                    fact.Text("alarm"), fact.Text("reason"), null, fact.Instant("until"));
                break;
            default:
                ProjectEnd(fact, page);
                break;
        }
    }

    private static void ProjectEnd(FactView fact, ModelPage page)
    {
        switch (fact.Type)
        {
            case "sheet-disposed":
                Add(page, fact, null, "disposition", fact.Text("sheet"), fact.Texts("reasons"), null,
                    $"{fact.Text("outcome")}, {fact.Text("standing")}");
                break;
            case "batch-released":
                Add(page, fact, null, "released", fact.Batch, fact.Texts("conditional_rules"), null,
                    fact.Text("disposition"));
                break;
            case "batch-rejected":
                Add(page, fact, null, "rejected", fact.Batch, fact.Text("reason"), null, fact.Texts("failed_rules"));
                break;
            case "trial-concluded":
                Add(page, fact, null, "trial concluded", fact.Batch, null, null, fact.Texts("broken_rules"));
                break;
            case "data-gap-found":
                Add(page, fact, null, "blind", null, fact.Text("why"), fact.Instant("from"), fact.Instant("to"));
                break;
            case "ledger-sealed":
                Add(page, fact, fact.Text("key"), "checkpoint", fact.Text("checkpoint_seq"), null, null,
                    fact.Text("checkpoint"));
                break;
        }
    }

    private static string Recipe(FactView fact) => $"{fact.Text("recipe_id")} v{fact.Text("recipe_version")}";

    /// <summary>Leave to break a rule is signed by itself, also where it comes with an answer or an order.</summary>
    private static void AddDeviations(ModelPage page, FactView fact, FactView holder)
    {
        foreach (FactView deviation in holder.Each("deviations"))
        {
            foreach (FactView signature in deviation.Each("signatures"))
            {
                AddSignature(page, fact, signature, $"{deviation.Text("kind")} {deviation.Text("id")}",
                    deviation.Text("rule"), deviation.Text("reason"));
            }
        }
    }

    private static void AddSigned(
        ModelPage page,
        FactView fact,
        string meaning,
        string? subject,
        string? reason,
        string? before = null,
        string? after = null)
    {
        FactView[] signatures = [.. fact.Each("signatures")];
        if (signatures.Length == 0)
        {
            Add(page, fact, null, meaning, subject, reason, before, after);
        }

        foreach (FactView signature in signatures)
        {
            AddSignature(page, fact, signature, meaning, subject, reason, before, after);
        }
    }

    private static void AddSignature(
        ModelPage page,
        FactView fact,
        FactView signature,
        string meaning,
        string? subject,
        string? reason,
        string? before = null,
        string? after = null) => page.Add(
            ModelTable.Audit, fact, fact.Batch, signature.Instant("at") ?? fact.Time, signature.Text("person") ?? "",
            signature.Text("role"), fact.Type, meaning, subject, reason, before, after);

    private static void Add(
        ModelPage page,
        FactView fact,
        string? who,
        string meaning,
        string? subject,
        string? reason = null,
        string? before = null,
        string? after = null) => page.Add(
            ModelTable.Audit, fact, fact.Batch, fact.Time, who ?? "", null, fact.Type, meaning, subject, reason,
            before, after);
}
