"""Whether a point lies in a polygon, in whole numbers, for the oracle of the release rule."""


def on_edge(point, a, b):
    cross = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    within_x = min(a[0], b[0]) <= point[0] <= max(a[0], b[0])
    within_y = min(a[1], b[1]) <= point[1] <= max(a[1], b[1])
    return cross == 0 and within_x and within_y


def lies_in(polygon, point):
    """Edges and vertices belong to the area. Crossings of a ray to the east, in whole numbers."""
    crossings = 0
    for n in range(len(polygon)):
        a, b = polygon[n - 1], polygon[n]
        if on_edge(point, a, b):
            return True
        if a[1] > b[1]:
            a, b = b, a
        if a[1] <= point[1] < b[1]:
            if (b[0] - a[0]) * (point[1] - a[1]) > (point[0] - a[0]) * (b[1] - a[1]):
                crossings += 1
    return crossings % 2 == 1
