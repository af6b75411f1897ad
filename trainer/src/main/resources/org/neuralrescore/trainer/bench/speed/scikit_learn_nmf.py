"""Times scikit-learn's NMF on a matrix and a start that a folder holds as raw little-endian files.

Arguments: folder, rows, columns, rank, solver (mu: Kullback-Leibler, cd: squared error), iterations.
Prints one line of JSON: seconds of the factorisation alone, and the objective that it reached.
"""

import json
import sys
import time
import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import non_negative_factorization


def objective(a, w, h, solver):
    """The loss over all cells, from the non-zeros and two small summaries."""
    coo = a.tocoo()
    predicted = np.empty(coo.nnz)
    for start in range(0, coo.nnz, 1 << 18):
        part = slice(start, start + (1 << 18))
        predicted[part] = np.einsum("ij,ij->i", w[coo.row[part]], h.T[coo.col[part]])
    if solver == "mu":
        fit = np.sum(coo.data * np.log(coo.data / predicted) - coo.data)
        return fit + w.sum(axis=0) @ h.sum(axis=1)
    cross = np.sum((w.T @ w) * (h @ h.T))
    return 0.5 * np.sum(coo.data**2) - np.sum(coo.data * predicted) + 0.5 * cross


def main():
    folder, rows, columns, rank, solver, iterations = sys.argv[1:]
    rows, columns, rank = int(rows), int(columns), int(rank)
    data = np.fromfile(folder + "/data", dtype="<f4").astype(np.float64)
    indices = np.fromfile(folder + "/indices", dtype="<i4")
    indptr = np.fromfile(folder + "/indptr", dtype="<i4")
    a = sp.csr_matrix((data, indices, indptr), shape=(rows, columns))
    w = np.fromfile(folder + "/w", dtype="<f8").reshape(rows, rank)
    h = np.ascontiguousarray(np.fromfile(folder + "/h", dtype="<f8").reshape(columns, rank).T)
    warnings.simplefilter("ignore")
    began = time.perf_counter()
    w, h, _ = non_negative_factorization(
        a,
        W=w,
        H=h,
        n_components=rank,
        init="custom",
        solver=solver,
        beta_loss="kullback-leibler" if solver == "mu" else "frobenius",
        tol=0,
        max_iter=int(iterations),
    )
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "objective": float(objective(a, w, h, solver))}))


main()
