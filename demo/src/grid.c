#include "grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool grid_init(Grid *grid, float width, float height, float cell_size, int capacity, MpError *error)
{
    *grid = (Grid){.cell_size = cell_size, .capacity = capacity};
    grid->columns = (int)ceilf(width / cell_size);
    grid->rows = (int)ceilf(height / cell_size);
    size_t cells = (size_t)(grid->columns * grid->rows), points = (size_t)capacity;
    grid->starts = calloc(cells + 1, sizeof *grid->starts);
    grid->indices = calloc(points, sizeof *grid->indices);
    grid->cells = calloc(points, sizeof *grid->cells);
    grid->points = calloc(points, sizeof *grid->points);
    if (!grid->starts || !grid->indices || !grid->cells || !grid->points) {
        mp_error_set(error, MP_MEMORY, "no memory for a grid of %d points", capacity);
        grid_finish(grid);
        return false;
    }
    return true;
}

void grid_finish(Grid *grid)
{
    free(grid->starts);
    free(grid->indices);
    free(grid->cells);
    free(grid->points);
    *grid = (Grid){0};
}

/* Where a coordinate is along one side of the grid. Written so that NaN comes out as 0. */
static int cell_along(float coordinate, float cell_size, int cells)
{
    float cell = coordinate / cell_size;
    if (!(cell > 0))
        return 0;
    return cell < (float)cells ? (int)cell : cells - 1;
}

static int cell_of(const Grid *grid, Vec2 point)
{
    return cell_along(point.y, grid->cell_size, grid->rows) * grid->columns +
           cell_along(point.x, grid->cell_size, grid->columns);
}

void grid_build(Grid *grid, int count)
{
    int cells = grid->columns * grid->rows;
    memset(grid->starts, 0, (size_t)(cells + 1) * sizeof *grid->starts);
    for (int i = 0; i < count; i++) {
        grid->cells[i] = cell_of(grid, grid->points[i]);
        grid->starts[grid->cells[i]]++;
    }
    for (int cell = 1; cell <= cells; cell++)
        grid->starts[cell] += grid->starts[cell - 1];
    /* Counting down from the ends leaves each start where its cell begins. */
    for (int i = count - 1; i >= 0; i--)
        grid->indices[--grid->starts[grid->cells[i]]] = i;
}

static void enter_row(GridWalk *walk)
{
    const int *starts = walk->grid->starts + walk->row * walk->grid->columns;
    walk->at = starts[walk->first_column];
    walk->end = starts[walk->last_column + 1];
}

GridWalk grid_walk(const Grid *grid, Vec2 centre, float reach)
{
    reach = fmaxf(reach, 0); /* a walk that begins behind its end would not stop there */
    GridWalk walk = {
        .grid = grid,
        .first_column = cell_along(centre.x - reach, grid->cell_size, grid->columns),
        .last_column = cell_along(centre.x + reach, grid->cell_size, grid->columns),
        .row = cell_along(centre.y - reach, grid->cell_size, grid->rows),
        .last_row = cell_along(centre.y + reach, grid->cell_size, grid->rows),
    };
    enter_row(&walk);
    return walk;
}

bool grid_next(GridWalk *walk, int *index)
{
    while (walk->at == walk->end) {
        if (walk->row == walk->last_row)
            return false;
        walk->row++;
        enter_row(walk);
    }
    *index = walk->grid->indices[walk->at++];
    return true;
}
