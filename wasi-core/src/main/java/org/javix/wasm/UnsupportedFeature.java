package org.javix.wasm;

/** A valid module uses something that the compiler does not compile yet. */
public final class UnsupportedFeature extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Names the feature. */
    public UnsupportedFeature(String feature) {
        super(feature + " is not supported yet");
    }
}
