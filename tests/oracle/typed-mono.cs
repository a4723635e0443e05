// SPDX-License-Identifier: MIT
//
// typed-mono.cs - for typed-mono.sh: the contracts of typed-peer.c, as Mono's DataContractSerializer and XmlSerializer
// have them. What it reads and writes, and its arguments, are those of that program, but that contracts are not named.

using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using System.Xml;
using System.Xml.Serialization;

// A class with derived ones: its type is part of the value.
class HasTypeAttribute : Attribute { }

namespace Data
{
    [DataContract(Namespace = "urn:contract")]
    public enum Color
    {
        [EnumMember] Red,
        [EnumMember(Value = "light-green")] Green,
        [EnumMember] Blue
    }

    [DataContract(Namespace = "urn:contract"), KnownType(typeof(Circle)), KnownType(typeof(Ring)), HasType]
    public class Shape
    {
        [DataMember(Order = 1)] public string Label;
        [DataMember(Order = 2)] public int Sides;
    }

    [DataContract(Namespace = "urn:contract")]
    public class Circle : Shape
    {
        [DataMember(Order = 1)] public double Radius;
    }

    [DataContract(Namespace = "urn:contract")]
    public class Ring : Circle
    {
        [DataMember(Order = 1)] public float? Inner;
    }

    // Nullable items of a plain list are in a namespace of Mono's own.
    [CollectionDataContract(Namespace = "urn:contract", ItemName = "Item")]
    public class MaybeInts : List<int?> { }

    [DataContract(Namespace = "urn:contract")]
    public class All
    {
        [DataMember(Order = 1)] public bool Bool;
        [DataMember(Order = 2)] public sbyte SByte;
        [DataMember(Order = 3)] public short Short;
        [DataMember(Order = 4)] public int Int;
        [DataMember(Order = 5)] public long Long;
        [DataMember(Order = 6)] public byte Byte;
        [DataMember(Order = 7)] public ushort UShort;
        [DataMember(Order = 8)] public uint UInt;
        [DataMember(Order = 9)] public ulong ULong;
        [DataMember(Order = 10)] public float Float;
        [DataMember(Order = 11)] public double Double;
        [DataMember(Order = 12)] public decimal Decimal;
        [DataMember(Order = 13)] public DateTime Date;
        [DataMember(Order = 14)] public TimeSpan Span;
        [DataMember(Order = 15)] public Guid Guid;
        [DataMember(Order = 16)] public char Char;
        [DataMember(Order = 17)] public Color Color;
        [DataMember(Order = 18)] public string String;
        [DataMember(Order = 19)] public byte[] Bytes;
        [DataMember(Order = 20)] public bool? MaybeBool;
        [DataMember(Order = 21)] public long? MaybeLong;
        [DataMember(Order = 22)] public double? MaybeDouble;
        [DataMember(Order = 23)] public decimal? MaybeDecimal;
        [DataMember(Order = 24)] public DateTime? MaybeDate;
        [DataMember(Order = 25)] public Guid? MaybeGuid;
        [DataMember(Order = 26)] public Color? MaybeColor;
        [DataMember(Order = 27, EmitDefaultValue = false)] public int Optional;
        [DataMember(Order = 28, EmitDefaultValue = false)] public string OptionalString;
        [DataMember(Order = 29)] public List<int> Ints;
        [DataMember(Order = 30)] public List<string> Strings;
        [DataMember(Order = 31)] public MaybeInts MaybeInts;
        [DataMember(Order = 32)] public List<DateTime> Dates;
        [DataMember(Order = 33)] public List<Shape> Shapes;
        [DataMember(Order = 34)] public Shape One;
        [DataMember(Order = 35)] public All Next;
    }
}

namespace Plain
{
    public enum Color
    {
        Red,
        [XmlEnum("light-green")] Green,
        Blue
    }

    [XmlType(Namespace = "urn:plain"), XmlInclude(typeof(Circle)), XmlInclude(typeof(Ring)), HasType]
    public class Shape
    {
        [XmlAttribute] public string label;
        public int sides;
    }

    [XmlType(Namespace = "urn:plain")]
    public class Circle : Shape
    {
        public double radius;
    }

    [XmlType(Namespace = "urn:plain")]
    public class Ring : Circle
    {
        [XmlAttribute] public bool open;
        [XmlElement(IsNullable = true)] public float? inner;
    }

    [XmlType(Namespace = "urn:plain")]
    public class Amount
    {
        [XmlAttribute] public string unit;
        [XmlText] public decimal value;
    }

    [XmlType(Namespace = "urn:plain"), XmlRoot("all", Namespace = "urn:plain")]
    public class All
    {
        [XmlAttribute] public int id;
        [XmlAttribute] public bool flag;
        [XmlAttribute] public DateTime date;
        [XmlAttribute] public double number;
        [XmlAttribute] public Color color;
        [XmlAttribute] public byte[] bytes;
        [XmlAttribute] public string text;
        [XmlAttribute, DefaultValue(7)] public int seven = 7;
        [XmlAttribute(Namespace = "http://www.w3.org/XML/1998/namespace")] public string lang;
        [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public sbyte sbyteValue;
        public short shortValue;
        public long longValue;
        public byte byteValue;
        public ushort ushortValue;
        public uint uintValue;
        public ulong ulongValue;
        public float floatValue;
        public double doubleValue;
        public decimal decimalValue;
        public DateTime dateValue;
        public Guid guidValue;
        public Color colorValue;
        public byte[] bytesValue;
        public string stringValue;
        [XmlElement(IsNullable = true)] public string maybeString;
        [XmlElement(IsNullable = true)] public int? maybeInt;
        public uint quantity;
        [XmlIgnore] public bool quantitySpecified;
        [XmlArrayItem("item", IsNullable = true)] public string[] items;
        [XmlElement("repeated")] public double[] repeated;
        [XmlElement("a", typeof(int)), XmlElement("b", typeof(string)), XmlElement("c", typeof(Amount))]
        public object choice;
        [XmlElement("d", typeof(int)), XmlElement("e", typeof(string)), XmlElement("f", typeof(Amount))]
        public object[] choices;
        public Amount amount;
        public Shape shape;
        [XmlArrayItem("shape", IsNullable = true)] public Shape[] shapes;
        public All next;
    }
}

static class Program
{
    // --- Values as lines of text ---

    static readonly StringBuilder output = new StringBuilder();

    static bool IsMember(FieldInfo field)
    {
        return !field.IsDefined(typeof(XmlIgnoreAttribute), false);
    }

    static XmlElementAttribute[] ChoicesOf(FieldInfo field)
    {
        var choices = (XmlElementAttribute[])field.GetCustomAttributes(typeof(XmlElementAttribute), false);
        return choices.Length > 1 ? choices : null;
    }

    static string Hex(byte[] bytes)
    {
        return string.Concat(bytes.Select(b => b.ToString("x2")));
    }

    static string Show(string text)
    {
        var shown = new StringBuilder("\"");
        foreach (char c in text)
            if (c > ' ' && c < 0x7f && c != '\\')
                shown.Append(c);
            else
                shown.AppendFormat("\\{0:x4}", (int)c);
        return shown.Append('"').ToString();
    }

    static string Simple(object value)
    {
        if (value is bool)
            return (bool)value ? "1" : "0";
        if (value is float)
            return float.IsNaN((float)value) ? "NaN" : BitConverter.ToUInt32(BitConverter.GetBytes((float)value), 0).ToString("x8");
        if (value is double)
            return double.IsNaN((double)value) ? "NaN" : BitConverter.DoubleToInt64Bits((double)value).ToString("x16");
        if (value is decimal)
        {
            int[] bits = decimal.GetBits((decimal)value);
            bool negative = bits[3] < 0 && (bits[0] | bits[1] | bits[2]) != 0;
            return string.Format("{0}{1:x8}{2:x8}{3:x8}/{4}", negative ? "-" : "", bits[2], bits[1], bits[0], bits[3] >> 16 & 0xff);
        }
        if (value is DateTime)
        {
            var date = (DateTime)value;
            return date.Kind == DateTimeKind.Local ? date.ToUniversalTime().Ticks + "L"
                                                   : date.Ticks + (date.Kind == DateTimeKind.Utc ? "U" : "N");
        }
        if (value is TimeSpan)
            return ((TimeSpan)value).Ticks.ToString();
        if (value is char)
            return ((int)(char)value).ToString();
        if (value is Enum)
            return Convert.ToInt32(value).ToString();
        if (value is string)
            return Show((string)value);
        if (value is byte[])
            return "#" + Hex((byte[])value);
        return value.ToString();
    }

    static void Dump(string path, object value)
    {
        var type = value == null ? null : value.GetType();
        if (value == null)
            output.AppendFormat("{0}=nil\n", path);
        else if (value is IList && !(value is byte[]))
        {
            int i = 0;
            output.AppendFormat("{0}.count={1}\n", path, ((IList)value).Count);
            foreach (object item in (IList)value)
                Dump(path + "[" + i++ + "]", item);
        }
        else if (type.IsClass && type != typeof(string) && type != typeof(byte[]))
        {
            if (type.IsDefined(typeof(HasTypeAttribute), true))
                output.AppendFormat("{0}.type={1}\n", path, type.Name);
            foreach (FieldInfo field in type.GetFields().Where(IsMember))
                DumpField(path + "/", field, field.GetValue(value));
        }
        else
            output.AppendFormat("{0}={1}\n", path, Simple(value));
    }

    static void DumpField(string path, FieldInfo field, object value)
    {
        var choices = ChoicesOf(field);
        if (choices == null)
        {
            // Without an element around the items, none of them is what no array is.
            if (value == null && field.FieldType == typeof(double[]))
                value = new double[0];
            Dump(path + field.Name, value);
            return;
        }
        var array = value as object[];
        if (field.FieldType.IsArray)
            output.AppendFormat("{0}choices.count={1}\n", path, array == null ? 0 : array.Length);
        for (int i = 0; field.FieldType.IsArray && array != null && i < array.Length; i++)
            DumpChoice(path + "choices[" + i + "]", choices, array[i]);
        if (!field.FieldType.IsArray)
            DumpChoice(path + "choice", choices, value);
    }

    static void DumpChoice(string path, XmlElementAttribute[] choices, object value)
    {
        if (value == null)
            output.AppendFormat("{0}=nil\n", path);
        else
            Dump(path + "/" + choices.First(c => c.Type == value.GetType()).ElementName, value);
    }

    // --- Values at random ---

    static Random random;

    static long Number()
    {
        switch (random.Next(5))
        {
        case 0: return random.Next(256);
        case 1: return -random.Next(256);
        case 2: return 1L << random.Next(64);
        case 3: return (1L << random.Next(64)) - 1;
        default: return (long)(random.NextDouble() * long.MaxValue) ^ random.Next();
        }
    }

    static string Text()
    {
        const string characters = "aZ 0<&>\t\n\r\"']=\u0085\u00e9\u2028\u20ac\ufffd";
        var text = new StringBuilder();
        for (int left = random.Next(9); left > 0; left--)
            if (random.Next(18) == 0)
                text.Append("\U0001f600");
            else
                text.Append(characters[random.Next(characters.Length)]);
        return text.ToString();
    }

    static byte[] Bytes()
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    static object MakeSimple(Type type)
    {
        switch (Type.GetTypeCode(type))
        {
        case TypeCode.Boolean: return random.Next(2) == 1;
        case TypeCode.SByte: return (sbyte)Number();
        case TypeCode.Int16: return (short)Number();
        case TypeCode.Int64: return Number();
        case TypeCode.Byte: return (byte)Number();
        case TypeCode.UInt16: return (ushort)Number();
        case TypeCode.UInt32: return (uint)Number();
        case TypeCode.UInt64: return (ulong)Number();
        case TypeCode.Char: return (char)Number();
        case TypeCode.Single: return BitConverter.ToSingle(BitConverter.GetBytes((int)Number()), 0);
        case TypeCode.Double: return random.Next(8) == 0 ? double.NegativeInfinity : BitConverter.Int64BitsToDouble(Number());
        case TypeCode.Decimal: return new decimal((int)Number(), (int)Number(), (int)Number(), random.Next(2) == 1, (byte)random.Next(29));
        // Of the first and last day, what is written would be outside the range in UTC.
        case TypeCode.DateTime: return new DateTime(TimeSpan.TicksPerDay + (Number() & long.MaxValue) % 3155377000000000000, (DateTimeKind)random.Next(3));
        case TypeCode.String: return Text();
        }
        if (type == typeof(TimeSpan))
            return new TimeSpan(Number());
        if (type == typeof(Guid))
            return new Guid(Enumerable.Range(0, 16).Select(i => (byte)random.Next(256)).ToArray());
        return Bytes();
    }

    static object Make(Type type, int depth, bool nullable)
    {
        var inner = Nullable.GetUnderlyingType(type);
        if ((inner != null || !type.IsValueType) && nullable && (random.Next(4) == 0 || depth > 2))
            return null;
        if ((inner ?? type).IsEnum)
            return Enum.ToObject(inner ?? type, random.Next(3));
        if ((inner ?? type) == typeof(int))
            return (int)Number();
        if (inner != null || type.IsValueType || type == typeof(string) || type == typeof(byte[]))
            return MakeSimple(inner ?? type);
        if (typeof(IList).IsAssignableFrom(type))
        {
            var item = type.IsArray ? type.GetElementType() : type.GetProperty("Item").PropertyType;
            var items = Enumerable.Range(0, random.Next(4)).Select(i => Make(item, depth + 1, true)).ToArray();
            if (type.IsArray)
            {
                var array = Array.CreateInstance(item, items.Length);
                Array.Copy(items, array, items.Length);
                return array;
            }
            var list = (IList)Activator.CreateInstance(type);
            foreach (object one in items)
                list.Add(one);
            return list;
        }
        if (type.IsDefined(typeof(HasTypeAttribute), false))
        {
            var types = type.Assembly.GetTypes().Where(t => type.IsAssignableFrom(t)).ToArray();
            type = types[random.Next(types.Length)];
        }
        var value = Activator.CreateInstance(type);
        foreach (FieldInfo field in type.GetFields().Where(IsMember))
            field.SetValue(value, MakeField(field, depth));
        SetSpecified(value);
        return value;
    }

    static object MakeField(FieldInfo field, int depth)
    {
        var choices = ChoicesOf(field);
        if (choices == null)
            return Make(field.FieldType, depth + 1, true);
        if (!field.FieldType.IsArray)
            return random.Next(4) == 0 ? null : MakeChoice(choices, depth);
        return Enumerable.Range(0, random.Next(4)).Select(i => MakeChoice(choices, depth)).ToArray();
    }

    static object MakeChoice(XmlElementAttribute[] choices, int depth)
    {
        return Make(choices[random.Next(choices.Length)].Type, depth + 1, false);
    }

    // What XmlSerializer looks at to know whether a number is there.
    static void SetSpecified(object value)
    {
        var all = value as Plain.All;
        if (all != null)
            all.quantitySpecified = all.quantity != 0;
    }

    // --- Documents ---

    static readonly DataContractSerializer data = new DataContractSerializer(typeof(Data.All));
    static readonly XmlSerializer plain = new XmlSerializer(typeof(Plain.All));

    static object Read(string contract, byte[] document)
    {
        using (var reader = XmlReader.Create(new MemoryStream(document)))
            return contract == "data" ? data.ReadObject(reader) : plain.Deserialize(reader);
    }

    static void Write(string contract, string name, object value)
    {
        var stream = new MemoryStream();
        var settings = new XmlWriterSettings();
        settings.NewLineHandling = NewLineHandling.Entitize;
        settings.Encoding = new UTF8Encoding(false);
        using (var writer = XmlWriter.Create(stream, settings))
            if (contract == "data")
                data.WriteObject(writer, value);
            else
                plain.Serialize(writer, value);
        output.AppendFormat("document {0} {1} {2}\n", contract, name, Hex(stream.ToArray()));
        Dump(contract + "/" + name, value);
    }

    static void ReadAll()
    {
        for (string line; (line = Console.In.ReadLine()) != null;)
        {
            if (!line.StartsWith("document "))
                continue;
            string[] words = line.Split(' ');
            var bytes = new byte[words[3].Length / 2];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = Convert.ToByte(words[3].Substring(2 * i, 2), 16);
            try
            {
                Write(words[1], words[2], Read(words[1], bytes));
            }
            catch (Exception e)
            {
                output.AppendFormat("{0}/{1}={2}\n", words[1], words[2], e.ToString().Replace("\n", " "));
            }
        }
    }

    static void Main(string[] arguments)
    {
        if (arguments[0] == "read")
            ReadAll();
        else
        {
            random = new Random(int.Parse(arguments[1]));
            for (int i = 0; i < int.Parse(arguments[2]); i++)
            {
                Write("data", "mono" + i, Make(typeof(Data.All), 0, false));
                Write("plain", "mono" + i, Make(typeof(Plain.All), 0, false));
            }
        }
        Console.Out.Write(output);
    }
}
