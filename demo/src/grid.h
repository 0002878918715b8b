/*
 * grid.h - finds the points near a place without looking at all of them.
 *
 *     fill grid.points with count points
 *     grid_build(&grid, count);
 *     for (GridWalk walk = grid_walk(&grid, centre, reach); grid_next(&walk, &index);)
 *         look_at(grid.points[index]);
 *
 * A uniform grid, filled by counting sort: building takes time in proportion to points and cells,
 * and the points of a cell, and of cells side by side, lie together. Points outside of the area
 * belong to the cells at its edge, so none is ever missed.
 *
 * Glossary
 *   cell     a square of the area
 *   walk     goes through the cells that a square around the centre meets; the points come in
 *            the order of cells, and within a cell in the order in which they were given
 */
#ifndef MOONBASE_GRID_H
#define MOONBASE_GRID_H

#include "moonpatch/error.h"
#include "vec2.h"

#include <stdbool.h>

typedef struct Grid {
    float cell_size; /**< Pixels. */
    int columns, rows;
    int capacity;
    int *starts;  /**< Per cell: where its points begin in `indices`; one more for the end. */
    int *indices; /**< Of the points, sorted by cell. */
    int *cells;   /**< Per point: its cell. */
    Vec2 *points; /**< Copies of the points, as they were when the grid was built. */
} Grid;

/**
 * A grid for an area of `width` x `height` pixels from 0, 0 and up to `capacity` points.
 * Errors: false and MP_MEMORY.
 */
bool grid_init(Grid *grid, float width, float height, float cell_size, int capacity,
               MpError *error);

/** Takes a zeroed grid. */
void grid_finish(Grid *grid);

/** Sorts the first `count` of grid->points, which the caller has filled, into cells. */
void grid_build(Grid *grid, int count);

/** A walk that is under way. */
typedef struct GridWalk {
    const Grid *grid;
    int first_column, last_column, row, last_row;
    int at, end; /**< In grid->indices. */
} GridWalk;

/** Starts a walk past all points that may be within `reach` pixels of `centre`, and some others. */
GridWalk grid_walk(const Grid *grid, Vec2 centre, float reach);

/** Goes on to the next point; false when there is none. */
bool grid_next(GridWalk *walk, int *index);

#endif
