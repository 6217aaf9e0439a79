package org.javix.wasm;

import java.util.ArrayDeque;
import java.util.BitSet;

/** Finds the nodes of a directed graph that lie on cycles (Tarjan's algorithm, with an explicit stack). */
final class Cycles {
    private final int[][] edges;
    private final int[] index;
    private final int[] low;
    private final int[] position;
    private final boolean[] onStack;
    private final ArrayDeque<Integer> component = new ArrayDeque<>();
    private final ArrayDeque<Integer> path = new ArrayDeque<>();
    private final BitSet found = new BitSet();
    private final int[] order;
    private int ordered;
    private int counter;

    private Cycles(int[][] edges) {
        this.edges = edges;
        index = new int[edges.length];
        low = new int[edges.length];
        position = new int[edges.length];
        onStack = new boolean[edges.length];
        order = new int[edges.length];
    }

    /** The nodes that can be reached from themselves; {@code edges[n]} lists where node n leads. */
    static BitSet of(int[][] edges) {
        return in(edges).found;
    }

    /** Finds the cycles of a graph; {@code edges[n]} lists where node n leads. */
    static Cycles in(int[][] edges) {
        Cycles cycles = new Cycles(edges);
        for (int root = 0; root < edges.length; root++) {
            if (cycles.index[root] == 0) {
                cycles.visit(root);
            }
        }
        return cycles;
    }

    /** The nodes that can be reached from themselves. */
    BitSet nodes() {
        return found;
    }

    /** All nodes, each after those that it leads to, but for those in a cycle with it. */
    int[] order() {
        return order;
    }

    private void visit(int root) {
        path.push(root);
        while (!path.isEmpty()) {
            int node = path.peek();
            if (index[node] == 0) {
                index[node] = ++counter;
                low[node] = counter;
                component.push(node);
                onStack[node] = true;
            }
            if (descends(node)) {
                continue;
            }
            path.pop();
            if (!path.isEmpty()) {
                low[path.peek()] = Math.min(low[path.peek()], low[node]);
            }
            if (low[node] == index[node]) {
                close(node);
            }
        }
    }

    /** Follows a node's edges up to one that leads to a new node, which becomes the path's head. */
    private boolean descends(int node) {
        while (position[node] < edges[node].length) {
            int next = edges[node][position[node]++];
            if (index[next] == 0) {
                path.push(next);
                return true;
            }
            if (onStack[next]) {
                low[node] = Math.min(low[node], index[next]);
            }
            if (next == node) {
                found.set(node);
            }
        }
        return false;
    }

    /** Takes off the component that a node is the first of. */
    private void close(int node) {
        boolean several = component.peek() != node;
        int member;
        do {
            member = component.pop();
            onStack[member] = false;
            order[ordered++] = member;
            if (several) {
                found.set(member);
            }
        } while (member != node);
    }
}
