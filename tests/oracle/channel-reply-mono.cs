// SPDX-License-Identifier: MIT
// channel-reply-mono.cs - calls a service of channel-service with Mono's WCF: BINDING URL. Prints what comes back.
using System;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Xml;

class Body : BodyWriter
{
    readonly string text;
    public Body(string text) : base(true) { this.text = text; }
    protected override void OnWriteBodyContents(XmlDictionaryWriter writer)
    {
        writer.WriteElementString("b", "urn:b", text);
    }
}

[ServiceContract]
interface IAny
{
    [OperationContract(Action = "*", ReplyAction = "*")]
    Message Call(Message message);
}

static class Program
{
    static Binding Make(string name)
    {
        var http = new HttpTransportBindingElement();
        switch (name)
        {
        case "basic": return new BasicHttpBinding();
        case "streamed":
            http.TransferMode = TransferMode.Streamed;
            return new CustomBinding(new TextMessageEncodingBindingElement(MessageVersion.Soap11, System.Text.Encoding.UTF8), http);
        case "12":
            return new CustomBinding(new TextMessageEncodingBindingElement(MessageVersion.Soap12, System.Text.Encoding.UTF8), http);
        case "12/10":
            return new CustomBinding(new TextMessageEncodingBindingElement(MessageVersion.Soap12WSAddressing10, System.Text.Encoding.UTF8), http);
        case "binary": return new CustomBinding(new BinaryMessageEncodingBindingElement(), http);
        default: throw new ArgumentException(name);
        }
    }

    static void Main(string[] arguments)
    {
        Binding binding = Make(arguments[0]);
        var factory = new ChannelFactory<IAny>(binding, new EndpointAddress(arguments[1]));
        IAny channel = factory.CreateChannel();
        foreach (string text in new[] { "one", "two", "fault", "d\u00e9j\u00e0 vu" })
        {
            Message message = Message.CreateMessage(binding.MessageVersion, "urn:action", new Body(text));
            try
            {
                Message reply = channel.Call(message);
                if (reply.IsFault)
                    Console.WriteLine("fault " + MessageFault.CreateFault(reply, 65536).Reason.GetMatchingTranslation().Text);
                else
                    Console.WriteLine(reply.GetReaderAtBodyContents().ReadElementContentAsString());
            }
            catch (FaultException fault)
            {
                Console.WriteLine("fault " + fault.Reason.GetMatchingTranslation().Text);
            }
        }
    }
}
