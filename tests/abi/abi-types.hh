/* SPDX-License-Identifier: MIT */
/*
 * What only C++ can compare: the types of fields, parameters and results. The data does not have const, so const is
 * taken away from the header's types, wherever it stands, before they are compared.
 *
 * How many bytes the arguments of a function take on the stack of 32-bit Windows is counted from its parameters; a
 * 64-bit build counts with what they would take there, so every build can check the number behind the @ of the
 * decorated name.
 */

/* ---- A type without any const ---- */

template <class T> struct bare
{
    typedef T type;
};
template <class T> struct bare<const T>
{
    typedef typename bare<T>::type type;
};
template <class T> struct bare<T *>
{
    typedef typename bare<T>::type *type;
};
template <class R, class... A> struct bare<R(CALLBACK *)(A...)>
{
    typedef typename bare<R>::type(CALLBACK *type)(typename bare<A>::type...);
};

template <class A, class B> struct same
{
    enum
    {
        value = 0
    };
};
template <class A> struct same<A, A>
{
    enum
    {
        value = 1
    };
};

#define SAME_TYPE(header, data) (same<bare<header>::type, bare<data>::type>::value)

/* A field's type, also that of a field inside an inner structure. */
template <class T> T &any();
template <class T> struct referred;
template <class T> struct referred<T &>
{
    typedef T type;
};
#define FIELD_TYPE(structure, field) referred<decltype((any<structure>().field))>::type

/* ---- Bytes of arguments ---- */

template <class T> struct size32
{
    enum
    {
        value = (sizeof(T) + 3) / 4 * 4
    };
};
template <class T> struct size32<T *>
{
    enum
    {
        value = 4
    };
};
template <> struct size32<SIZE_T>
{
    enum
    {
        value = 4
    };
};

template <class... A> struct sum32;
template <> struct sum32<>
{
    enum
    {
        value = 0
    };
};
template <class A, class... B> struct sum32<A, B...>
{
    enum
    {
        value = static_cast<int>(size32<A>::value) + static_cast<int>(sum32<B...>::value)
    };
};

template <class F> struct arguments32;
template <class R, class... A> struct arguments32<R(WINAPI *)(A...)> : sum32<A...>
{
};
