package org.javix.vfs;

/** Resolves a path. */
final class PathWalk {
    static final int NAME_MAX = 255;
}
