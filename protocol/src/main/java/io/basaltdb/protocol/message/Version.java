package io.basaltdb.protocol.message;

/// Versions of the protocol.
public final class Version {
    /// The newest version that this code speaks.
    public static final int NEWEST = 1;

    /// The oldest version that this code speaks.
    public static final int OLDEST = 1;

    /// No version suits both sides.
    public static final int NONE = 0;

    private Version() {}

    /// The version that both speak: the smaller maximum, if it is no smaller than either minimum.
    public static int negotiate(int peerOldest, int peerNewest) {
        int version = Math.min(NEWEST, peerNewest);
        return version >= Math.max(OLDEST, peerOldest) ? version : NONE;
    }
}
