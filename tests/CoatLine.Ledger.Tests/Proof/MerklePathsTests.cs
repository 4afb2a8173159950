using System.Security.Cryptography;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Proof;

namespace CoatLine.Ledger.Tests.Proof;

public sealed class MerklePathsTests
{
    [Test]
    public void Path_InOnePass_IsThatOfTheWholeTree([Values(1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 100)] int size)
    {
        ChainHash[] leaves = Leaves(size);
        var paths = new MerklePaths(size, Enumerable.Range(0, size).Select(i => (long)i));
        Array.ForEach(leaves, paths.Add);

        Assert.That(paths.Root, Is.EqualTo(MerkleTree.Root(leaves)));
        for (int i = 0; i < size; i++)
        {
            Assert.That(paths.Path(i), Is.EqualTo(MerkleTree.InclusionProof(leaves, i)), $"{i} of {size}");
        }
    }

    [Test]
    public void Path_BeforeTheLastLeaf_IsAMistake()
    {
        var paths = new MerklePaths(3, [0]);
        Array.ForEach(Leaves(2), paths.Add);

        Assert.That(() => paths.Path(0), Throws.InvalidOperationException);
        Assert.That(() => paths.Root, Throws.InvalidOperationException);
    }

    [Test]
    public void Add_MoreThanTheTreeHolds_IsAMistake()
    {
        var paths = new MerklePaths(2, [0]);
        Array.ForEach(Leaves(2), paths.Add);

        Assert.That(() => paths.Add(ChainHash.Zero), Throws.InvalidOperationException);
    }

    [TestCase(0, 0)]
    [TestCase(3, 3)]
    [TestCase(3, -1)]
    public void Paths_OfNoSuchLeaf_Throws(int size, int index) =>
        Assert.That(() => new MerklePaths(size, [index]), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static ChainHash[] Leaves(int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => MerkleTree.Leaf(ChainHash.FromBytes(SHA256.HashData(BitConverter.GetBytes(i))))),
    ];
}
