/* SPDX-License-Identifier: MIT */
/*
 * A list of values of several types that are derived from one: written, with xsi:type telling them apart, and read.
 *
 * Builds on Windows and, with the library's portable half, elsewhere.
 */

#include <webservices.h>

#include <stdio.h>
#include <string.h>

/* ---- The types ----------------------------------------------------------------------------------------------- */

/* What all shapes begin with: what a shape really is. */
typedef struct Shape
{
    const WS_STRUCT_DESCRIPTION *type;
    WS_XML_STRING name;
} Shape;

typedef struct Circle
{
    Shape base;
    double radius;
} Circle;

typedef struct Box
{
    Shape base;
    double width;
    double height;
} Box;

typedef struct Drawing
{
    Shape **shapes;
    ULONG shapeCount;
} Drawing;

static WS_XML_STRING ns = WS_XML_STRING_VALUE("http://example.com/shapes");
static WS_XML_STRING none = WS_XML_STRING_VALUE("");
static WS_XML_STRING drawingName = WS_XML_STRING_VALUE("drawing");
static WS_XML_STRING shapeName = WS_XML_STRING_VALUE("shape");
static WS_XML_STRING name = WS_XML_STRING_VALUE("name");
static WS_XML_STRING radius = WS_XML_STRING_VALUE("radius");
static WS_XML_STRING width = WS_XML_STRING_VALUE("width");
static WS_XML_STRING height = WS_XML_STRING_VALUE("height");
static WS_XML_STRING shapeType = WS_XML_STRING_VALUE("Shape");
static WS_XML_STRING circleType = WS_XML_STRING_VALUE("Circle");
static WS_XML_STRING boxType = WS_XML_STRING_VALUE("Box");

#define FIELD(mapping, name, ns, type, structure, member) \
    { \
        mapping, name, ns, type, NULL, WsOffsetOf(structure, member), 0, NULL, 0, NULL, NULL, NULL \
    }

/* A derived structure has the fields of its base, too, with attributes before elements. */
static WS_FIELD_DESCRIPTION typeField =
    FIELD(WS_TYPE_ATTRIBUTE_FIELD_MAPPING, NULL, NULL, WS_DESCRIPTION_TYPE, Shape, type);
static WS_FIELD_DESCRIPTION nameField =
    FIELD(WS_ATTRIBUTE_FIELD_MAPPING, &name, &none, WS_XML_STRING_TYPE, Shape, name);
static WS_FIELD_DESCRIPTION radiusField = FIELD(WS_ELEMENT_FIELD_MAPPING, &radius, &ns, WS_DOUBLE_TYPE, Circle, radius);
static WS_FIELD_DESCRIPTION widthField = FIELD(WS_ELEMENT_FIELD_MAPPING, &width, &ns, WS_DOUBLE_TYPE, Box, width);
static WS_FIELD_DESCRIPTION heightField = FIELD(WS_ELEMENT_FIELD_MAPPING, &height, &ns, WS_DOUBLE_TYPE, Box, height);

static WS_FIELD_DESCRIPTION *shapeFields[] = {&typeField, &nameField};
static WS_FIELD_DESCRIPTION *circleFields[] = {&typeField, &nameField, &radiusField};
static WS_FIELD_DESCRIPTION *boxFields[] = {&typeField, &nameField, &widthField, &heightField};

/* The base knows its derived types, and they know it. Nothing is only a shape: it is abstract. */
extern WS_STRUCT_DESCRIPTION shapeStruct;
static WS_STRUCT_DESCRIPTION circleStruct = {sizeof(Circle),
                                             __alignof__(Circle),
                                             circleFields,
                                             WsCountOf(circleFields),
                                             &circleType,
                                             &ns,
                                             &shapeStruct,
                                             NULL,
                                             0,
                                             0};
static WS_STRUCT_DESCRIPTION boxStruct = {
    sizeof(Box), __alignof__(Box), boxFields, WsCountOf(boxFields), &boxType, &ns, &shapeStruct, NULL, 0, 0};
static WS_STRUCT_DESCRIPTION *shapeSubTypes[] = {&circleStruct, &boxStruct};
WS_STRUCT_DESCRIPTION shapeStruct = {
    sizeof(Shape), __alignof__(Shape),       shapeFields,       WsCountOf(shapeFields), &shapeType, &ns, NULL,
    shapeSubTypes, WsCountOf(shapeSubTypes), WS_STRUCT_ABSTRACT};

/* Shapes have different sizes, so the list has pointers to them. */
static WS_FIELD_DESCRIPTION shapesField = {
    WS_REPEATING_ELEMENT_FIELD_MAPPING,
    NULL,
    NULL,
    WS_STRUCT_TYPE,
    &shapeStruct,
    WsOffsetOf(Drawing, shapes),
    WS_FIELD_POINTER,
    NULL,
    WsOffsetOf(Drawing, shapeCount),
    &shapeName,
    &ns,
    NULL,
};
static WS_FIELD_DESCRIPTION *drawingFields[] = {&shapesField};
static WS_STRUCT_DESCRIPTION drawingStruct = {
    sizeof(Drawing), __alignof__(Drawing), drawingFields, WsCountOf(drawingFields), NULL, NULL, NULL, NULL, 0, 0};
static const WS_ELEMENT_DESCRIPTION drawingElement = {&drawingName, &ns, WS_STRUCT_TYPE, &drawingStruct};

/* ---- The program --------------------------------------------------------------------------------------------- */

/* Prints the error's sentences, the most recent first, as far as they are ASCII. */
static void print_error(HRESULT hr, WS_ERROR *error)
{
    ULONG count = 0;
    ULONG i, j;
    WS_STRING string;

    if (error != NULL)
        WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count; i++)
    {
        if (FAILED(WsGetErrorString(error, i, &string)))
            continue;
        fputs("typed-list: ", stderr);
        for (j = 0; j < string.length; j++)
            fputc(string.chars[j] < 0x80 ? (int)string.chars[j] : '?', stderr);
        fputc('\n', stderr);
    }
    fprintf(stderr, "typed-list: failed with 0x%08lX\n", (unsigned long)(ULONG)hr);
}

static void print_shape(const Shape *shape)
{
    printf("%.*s: ", (int)shape->name.length, (const char *)shape->name.bytes);
    if (shape->type == &circleStruct)
        printf("a circle of radius %g\n", ((const Circle *)shape)->radius);
    else if (shape->type == &boxStruct)
        printf("a box of %g by %g\n", ((const Box *)shape)->width, ((const Box *)shape)->height);
}

static HRESULT write_drawing(WS_XML_WRITER *writer, const Drawing *drawing, WS_BYTES *bytes, WS_ERROR *error)
{
    WS_XML_WRITER_TEXT_ENCODING encoding = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    HRESULT hr = WsSetOutput(writer, &encoding.encoding, &output.output, NULL, 0, error);

    if (SUCCEEDED(hr))
        hr = WsWriteElement(writer, &drawingElement, WS_WRITE_REQUIRED_VALUE, drawing, sizeof(*drawing), error);
    if (SUCCEEDED(hr))
        hr = WsGetWriterProperty(writer, WS_XML_WRITER_PROPERTY_BYTES, bytes, sizeof(*bytes), error);
    return hr;
}

static HRESULT read_drawing(WS_XML_READER *reader, const WS_BYTES *bytes, WS_HEAP *heap, Drawing *drawing,
                            WS_ERROR *error)
{
    WS_XML_READER_TEXT_ENCODING encoding = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, bytes->bytes, bytes->length};
    HRESULT hr = WsSetInput(reader, &encoding.encoding, &input.input, NULL, 0, error);

    if (SUCCEEDED(hr))
        hr = WsReadElement(reader, &drawingElement, WS_READ_REQUIRED_VALUE, heap, drawing, sizeof(*drawing), error);
    return hr;
}

static HRESULT run(WS_XML_READER *reader, WS_XML_WRITER *writer, WS_HEAP *heap, WS_ERROR *error)
{
    Circle sun = {{&circleStruct, WS_XML_STRING_VALUE("sun")}, 1.5};
    Box field = {{&boxStruct, WS_XML_STRING_VALUE("field")}, 12, 0.25};
    Shape *shapes[] = {&sun.base, &field.base};
    Drawing drawing = {shapes, WsCountOf(shapes)};
    WS_BYTES bytes = {0, NULL};
    HRESULT hr = write_drawing(writer, &drawing, &bytes, error);
    ULONG i;

    if (FAILED(hr))
        return hr;
    printf("%.*s\n", (int)bytes.length, (const char *)bytes.bytes);
    hr = read_drawing(reader, &bytes, heap, &drawing, error);
    for (i = 0; SUCCEEDED(hr) && i < drawing.shapeCount; i++)
        print_shape(drawing.shapes[i]);
    return hr;
}

static int usage(FILE *to, int status)
{
    fputs("Usage: typed-list [--help]\n\n"
          "Writes a list of shapes, which are structures of different types derived from one, prints it, and reads it\n"
          "again: xsi:type says what each shape is.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    WS_ERROR *error = NULL;
    WS_HEAP *heap = NULL;
    WS_XML_READER *reader = NULL;
    WS_XML_WRITER *writer = NULL;
    HRESULT hr;

    if (argc > 1)
        return strcmp(argv[1], "--help") ? usage(stderr, 2) : usage(stdout, 0);

    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = WsCreateHeap(1 << 16, 0, NULL, 0, &heap, error);
    if (SUCCEEDED(hr))
        hr = WsCreateReader(NULL, 0, &reader, error);
    if (SUCCEEDED(hr))
        hr = WsCreateWriter(NULL, 0, &writer, error);
    if (SUCCEEDED(hr))
        hr = run(reader, writer, heap, error);
    if (FAILED(hr))
        print_error(hr, error);

    WsFreeWriter(writer);
    WsFreeReader(reader);
    WsFreeHeap(heap);
    WsFreeError(error);
    return FAILED(hr);
}
