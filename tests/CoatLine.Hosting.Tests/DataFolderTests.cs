namespace CoatLine.Hosting.Tests;

[TestFixture]
internal sealed class DataFolderTests
{
    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("coatline-folder-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Claim_OfAMissingFolder_CreatesIt()
    {
        string path = Path.Combine(_directory, "a", "b");

        using DataFolder folder = DataFolder.Claim(path);

        Assert.That(File.Exists(Path.Combine(folder.Path, DataFolder.LockFileName)), Is.True);
    }

    [Test]
    public void Claim_OfAClaimedFolder_NamesTheOwner()
    {
        using DataFolder folder = DataFolder.Claim(_directory);

        DataFolderException? refusal = Assert.Throws<DataFolderException>(() => DataFolder.Claim(_directory).Dispose());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal!.Fault, Is.EqualTo(DataFolderFault.InUse));
            Assert.That(refusal.Message, Does.Contain($"process {Environment.ProcessId}"));
        }
    }

    [Test]
    public void Claim_AfterItsOwnerGaveItUp_IsFree()
    {
        DataFolder.Claim(_directory).Dispose();

        Assert.That(() => DataFolder.Claim(_directory).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Claim_WhereAFileStands_IsUnwritable()
    {
        string path = Path.Combine(_directory, "file");
        File.WriteAllText(path, "");

        DataFolderException? refusal = Assert.Throws<DataFolderException>(() => DataFolder.Claim(path).Dispose());

        Assert.That(refusal!.Fault, Is.EqualTo(DataFolderFault.Unwritable));
    }
}
